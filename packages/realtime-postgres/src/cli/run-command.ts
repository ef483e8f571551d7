import { parseArgs } from "node:util";
import { PgClient } from "../client/pg-client.js";
import type { SqlClient } from "../client/sql-client.js";
import type { CommandOptions } from "./command.js";
import { COMMANDS } from "./commands.js";
import { masked, secretsOf } from "./masked.js";

export interface CommandLine {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  print(line: string): void;
  warn(line: string): void;
}

/** Runs one command. Resolves with the exit code: 0 done, 1 failed or something is to be done, 2 a mistake on the command line. */
export async function runCommand({ argv, env, signal, ...output }: CommandLine): Promise<number> {
  let url = env["DATABASE_URL"];
  const client = new LazyClient();
  const { print } = output; // results are as they are: a message may hold any text
  const warn = (line: string) => output.warn(masked(line, secretsOf(url, env)));
  try {
    const { name, args, options } = parsed(argv);
    url = options.url ?? url;
    const command = COMMANDS.get(name ?? "");
    if (options.help || !command) {
      if (!options.help && name !== undefined) warn(`There is no command ${name}.`);
      (options.help ? print : warn)(help());
      return options.help ? 0 : 2;
    }
    return await command.run({ args, options, print, warn, signal, connect: () => client.connect(url) });
  } catch (error) {
    warn(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError ? 2 : 1;
  } finally {
    await client.close();
  }
}

class UsageError extends Error {}

class LazyClient {
  #client: SqlClient | undefined;

  connect(url: string | undefined): SqlClient {
    if (url === undefined || url === "")
      throw new UsageError("No database: set DATABASE_URL, or give --url postgres://user@host:5432/database.");
    return (this.#client ??= new PgClient({ connectionString: url }));
  }

  async close(): Promise<void> {
    await this.#client?.close();
  }
}

function parsed(argv: readonly string[]): {
  name: string | undefined;
  args: readonly string[];
  options: CommandOptions;
} {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
    const [name, ...args] = positionals;
    return { name, args, options: values };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${help()}`);
  }
}

const OPTIONS = {
  url: { type: "string" },
  pending: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

function help(): string {
  const lines = [...COMMANDS.values()].map(({ usage, summary }) => `  ${usage.padEnd(24)} ${summary}`);
  return [
    "Usage: fourgate-postgres <command> [--url postgres://user@host:5432/database]",
    "",
    ...lines,
    "",
    "Without --url the database is the one in DATABASE_URL. Exit codes: 0 done; 1 failed, or something is to be done; 2 wrong usage.",
  ].join("\n");
}
