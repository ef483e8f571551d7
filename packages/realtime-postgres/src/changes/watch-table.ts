import { SqlError, type SqlClient } from "../client/sql-client.js";

/** How a table gets the trigger that records its changes. */
export interface WatchOptions {
  /** How often it tries to get a lock on the table, a second each; default 10. */
  readonly tries?: number;
}

const LOCK_TIMEOUT = "55P03"; // SQLSTATE
const PAUSE_MS = 500; // in which the writers that waited behind the last try continue

/**
 * Records the changes of a table from now on, for every `ChangeFeed`; the name is one that SQL understands, such as `orders` or
 * `app."Orders"`. Needs a role that owns the table. Resolves with false where it was watched already.
 */
export async function watchTable(client: SqlClient, table: string, options: WatchOptions = {}): Promise<boolean> {
  return change(client, { sql: "select realtime.watch_table($1::regclass) as changed", table, ...options });
}

/** The undo of `watchTable`. Resolves with false where the table was not watched. */
export async function unwatchTable(client: SqlClient, table: string, options: WatchOptions = {}): Promise<boolean> {
  return change(client, { sql: "select realtime.unwatch_table($1::regclass) as changed", table, ...options });
}

interface Change extends WatchOptions {
  readonly sql: string;
  readonly table: string;
}

async function change(client: SqlClient, { sql, table, tries = 10 }: Change): Promise<boolean> {
  const [database] = await client.query<{ readonly is_migrated: boolean }>(IS_MIGRATED);
  if (!database?.is_migrated)
    throw new TypeError("The database lacks the change feed. Run the migrations first: fourgate-postgres migrate.");
  for (let rest = tries; ; rest -= 1)
    try {
      const [row] = await client.query<{ readonly changed: boolean }>(sql, [table]);
      return row?.changed ?? false;
    } catch (error) {
      if (!(error instanceof SqlError) || error.code !== LOCK_TIMEOUT || rest <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
}

const IS_MIGRATED = "select to_regprocedure('realtime.watch_table(regclass)') is not null as is_migrated";
