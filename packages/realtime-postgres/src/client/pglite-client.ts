import type { PGlite, Transaction } from "@electric-sql/pglite";
import { rethrowAsSqlError, sqlErrorOf } from "./pg-errors.js";
import type { NotifyListener, SqlClient, SqlConnection } from "./sql-client.js";

/** An embedded Postgres in this process: one session for everything. The app opens and closes it. */
export class PgliteClient implements SqlClient {
  readonly #database: PGlite;

  constructor(database: PGlite) {
    this.#database = database;
  }

  async query<Row>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return run<Row>(this.#database, sql, values);
  }

  async transaction<T>(work: (connection: SqlConnection) => Promise<T>, isolation?: "repeatable read"): Promise<T> {
    let failed: { readonly error: unknown } | undefined;
    const result = await this.#database
      .transaction(async (tx) => {
        if (isolation) await tx.exec("set transaction isolation level repeatable read");
        return work(connectionOf(tx)).catch((error: unknown) => {
          failed = { error };
          throw error;
        });
      })
      .catch((cause: unknown) => {
        throw failed ? failed.error : sqlErrorOf(cause);
      });
    return result;
  }

  async listen(channel: string, listener: NotifyListener): Promise<() => Promise<void>> {
    return this.#database.listen(channel, (payload) => listener.onNotify(payload));
  }

  async session(): Promise<undefined> {
    return undefined;
  }

  async close(): Promise<void> {
    // the database is the app's
  }
}

function connectionOf(tx: Transaction): SqlConnection {
  return {
    query: (sql, values = []) => run(tx, sql, values),
    execute: async (script) => {
      await tx.exec(script).catch(rethrowAsSqlError);
    },
  };
}

async function run<Row>(on: Pick<PGlite, "query">, sql: string, values: readonly unknown[]): Promise<readonly Row[]> {
  const { rows } = await on.query<Row>(sql, [...values], { parsers: PARSERS }).catch(rethrowAsSqlError);
  return rows;
}

const PARSERS = { 20: (text: string) => text }; // bigint as a string, as pg does
