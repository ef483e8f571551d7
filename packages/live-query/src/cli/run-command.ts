import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { PgClient, SqlError } from "@repo/realtime-postgres";
import { tableTypes } from "./table-types.js";

/** Where a command writes. */
export interface CommandOutput {
  out(text: string): void;
  error(text: string): void;
}

const USAGE = `fourgate-live-query types <table…> [--out <file>] [--url <postgres://…>]

Writes the TypeScript types of tables, for createQueries<Database>(client). The database is that of --url, or of DATABASE_URL.`;

/** Runs the command; resolves with the process's exit code. */
export async function runCommand(args: readonly string[], { out, error }: CommandOutput): Promise<0 | 1 | 2> {
  const given = read(args);
  if (!given) {
    error(USAGE);
    return 2;
  }
  const { tables, file, url } = given;
  if (url === undefined || url === "") {
    error("No database: give --url, or set DATABASE_URL.");
    return 2;
  }
  const client = new PgClient({ connectionString: url });
  try {
    const text = await tableTypes(client, tables);
    if (file === undefined) out(text);
    else await writeFile(file, text);
    return 0;
  } catch (cause) {
    if (!(cause instanceof SqlError)) throw cause;
    error(cause.isUnavailable ? "The database cannot be reached." : cause.message);
    return 1;
  } finally {
    await client.close();
  }
}

interface GivenArguments {
  readonly tables: readonly string[];
  readonly file: string | undefined;
  readonly url: string | undefined;
}

/** Undefined where they are not understood. */
function read(args: readonly string[]): GivenArguments | undefined {
  try {
    const options = { out: { type: "string" }, url: { type: "string" } } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [command, ...tables] = positionals;
    if (command !== "types" || tables.length === 0) return undefined;
    return { tables, file: values.out, url: values.url ?? process.env["DATABASE_URL"] };
  } catch {
    return undefined;
  }
}
