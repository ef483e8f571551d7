import type { SqlClient } from "../client/sql-client.js";
import { checkChanges } from "./doctor/changes.check.js";
import type { Check, CheckContext, Finding } from "./doctor/finding.js";
import { checkLocks } from "./doctor/locks.check.js";
import { checkPolicies } from "./doctor/policies.check.js";
import { checkRelay } from "./doctor/relay.check.js";
import { checkRoles } from "./doctor/roles.check.js";
import { checkRowSecurity } from "./doctor/row-security.check.js";
import { checkSchema } from "./doctor/schema.check.js";
import { checkServer } from "./doctor/server.check.js";
import { checkStorage, checkWebhooks } from "./doctor/storage.check.js";

export interface DoctorOptions {
  readonly client: SqlClient;
  /** Roles under which policies are evaluated; default `anon` and `authenticated`. */
  readonly clientRoles?: readonly string[];
  /** A transaction that is open for longer is reported; default 1 minute. */
  readonly longTransactionMs?: number;
  /** Milliseconds since 1970, by this machine. */
  readonly now?: () => number;
}

const CHECKS: readonly Check[] = [
  checkServer,
  checkRoles,
  checkRowSecurity,
  checkPolicies,
  checkRelay,
  checkLocks,
  checkStorage,
  checkWebhooks,
  checkChanges,
];

/** What is wrong with a database, errors first, each with the line that repairs it; changes nothing. */
export async function examine({ client, ...options }: DoctorOptions): Promise<readonly Finding[]> {
  const { clientRoles = ["anon", "authenticated"], longTransactionMs = 60_000, now = Date.now } = options;
  const [server] = await client.query<{ version: string }>("select version()");
  const context: CheckContext = {
    client,
    clientRoles,
    longTransactionMs,
    now,
    isEmbedded: server?.version.includes("PGlite") ?? false,
  };
  const schema = await checkSchema(context);
  if (schema.some(({ severity }) => severity === "error")) return schema; // the other checks read tables that are not there
  const findings = [...schema];
  for (const check of CHECKS) findings.push(...(await check(context)));
  return findings.toSorted((one, other) => one.severity.localeCompare(other.severity));
}

/** Prints the findings; the exit code: 1 where there is an error. */
export async function doctor(options: DoctorOptions, print: (line: string) => void): Promise<0 | 1> {
  const findings = await examine(options);
  for (const { severity, sentence, repair } of findings)
    print(`${severity.padEnd(8)} ${sentence}\n         → ${repair}\n`);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  print(
    findings.length === 0
      ? "Nothing is wrong."
      : `${counted(errors, "error")}, ${counted(findings.length - errors, "warning")}.`,
  );
  return errors > 0 ? 1 : 0;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
