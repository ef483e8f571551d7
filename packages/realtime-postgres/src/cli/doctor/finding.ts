import type { SqlClient } from "../../client/sql-client.js";

/** A problem, present or to come. */
export interface Finding {
  /** `error`: something does not work or is not safe. `warning`: it works, but not as it could, or not for long. */
  readonly severity: "error" | "warning";
  readonly sentence: string;
  /** The line that repairs it: SQL, a command, or an option. */
  readonly repair: string;
}

export interface CheckContext {
  readonly client: SqlClient;
  /** An embedded Postgres: no other sessions, no pooler, no settings that could be wrong. */
  readonly isEmbedded: boolean;
  /** Milliseconds since 1970, by this machine. */
  readonly now: () => number;
  /** A transaction that is open for longer is reported. */
  readonly longTransactionMs: number;
  /** Roles under which policies are evaluated. */
  readonly clientRoles: readonly string[];
}

/** Checks one thing and changes nothing. */
export type Check = (context: CheckContext) => Promise<readonly Finding[]>;

export function error(sentence: string, repair: string): Finding {
  return { severity: "error", sentence, repair };
}

export function warning(sentence: string, repair: string): Finding {
  return { severity: "warning", sentence, repair };
}
