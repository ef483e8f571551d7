import type { SqlClient } from "../client/sql-client.js";

export interface CommandContext {
  /** The arguments behind the command's name, without options. */
  readonly args: readonly string[];
  readonly options: CommandOptions;
  /** A client of the database, closed after the command. Throws where no database is configured. */
  connect(): SqlClient;
  /** To stdout. */
  print(line: string): void;
  /** To stderr: what is no result. */
  warn(line: string): void;
  /** Aborted when the user ends the command. */
  readonly signal: AbortSignal;
}

export interface CommandOptions {
  readonly url?: string | undefined;
  readonly pending?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly help?: boolean | undefined;
}

/** One command of `fourgate-postgres`. */
export interface Command {
  /** Its line of the help. */
  readonly usage: string;
  readonly summary: string;
  /** Resolves with the exit code: 0, or 1 where something needs to be done. */
  run(context: CommandContext): Promise<number>;
}
