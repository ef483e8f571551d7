import { parseArgs } from "node:util";
import { HOSTS, type HostName } from "./host.js";

/** What the command line asks for. */
export interface Command {
  readonly folder: string;
  readonly host: HostName | undefined;
  /** Whether a Next app gets a server of its own. */
  readonly hasServer: boolean;
  readonly isDryRun: boolean;
  readonly isHelp: boolean;
}

export const HELP = `npm create fourgate [folder] -- [--host <host>] [--server custom] [--dry-run]

Writes a typed realtime channel, its handler, its test, its server and its page (a poll) into a folder: a new app
where there is no package.json, else into the app that is there. At the root of a turbo workspace it writes
packages/core-realtime and packages/polls, and the page into apps/web. Nothing that exists is overwritten.

  --host      ${Object.keys(HOSTS).join(", ")}
              default: what package.json shows, else node
  --server    custom: gives a Next app a server.ts, for WebSockets beside its route handler
  --dry-run   says what would be written
`;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the command line. Throws an Error whose text says what is wrong with it. Options before `--` are npm's own: npm sets them as
 * variables, `npm_config_dry_run` for `--dry-run`, and does not pass them on.
 */
export function parseCommand(args: readonly string[], env: Environment = {}): Command {
  const options = {
    host: { type: "string" },
    server: { type: "string" },
    "dry-run": { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const takenByNpm = ["host", "server"].filter((name) => env[`npm_config_${name}`] !== undefined && !(name in values));
  if (takenByNpm.length > 0)
    throw new Error(
      `npm kept --${takenByNpm.join(" and --")} for itself. Options come after --: npm create fourgate my-app -- --host express`,
    );
  if (positionals.length > 1) throw new Error(`One folder, not ${positionals.length}: ${positionals.join(", ")}.`);
  const { host } = values;
  if (host !== undefined && !isHost(host))
    throw new Error(`No host is called "${host}". There are: ${Object.keys(HOSTS).join(", ")}.`);
  if (values.server !== undefined && values.server !== "custom")
    throw new Error(`No server is called "${values.server}". There is: custom, for a Next app.`);
  return {
    folder: positionals[0] ?? ".",
    host,
    hasServer: values.server === "custom",
    isDryRun: values["dry-run"] ?? env["npm_config_dry_run"] === "true",
    isHelp: values.help ?? false,
  };
}

function isHost(name: string): name is HostName {
  return Object.hasOwn(HOSTS, name);
}
