import pg from "pg";
import type { RawResult } from "../../worker/raw-query.mjs";
import { boundText } from "./bound-text.js";
import { rethrowAsSqlError } from "./pg-errors.js";
import type { PgliteEngine, PgliteStatements } from "./pglite-engine.js";
import { PgliteObject, type PgliteDatabase } from "./pglite-object.js";
import { PgliteWorker, type PgliteWorkerOptions } from "./pglite-worker.js";
import { SqlError, type NotifyListener, type SqlClient, type SqlConnection, type SqlSession } from "./sql-client.js";
import { TransactionConnection } from "./transaction-connection.js";

/** Where the embedded database keeps its files, and what is done when it opens. */
export interface PgliteClientOptions extends PgliteWorkerOptions {
  /** Runs after each opening, before anything else: makes tables, for instance. A database in memory may open empty again. */
  readonly prepare?: (client: SqlClient) => Promise<void>;
}

/** The embedded Postgres: one session for everything. */
export class PgliteClient implements SqlClient {
  readonly #engine: PgliteEngine;
  #closed: Promise<void> | undefined;

  /** A PGlite that the app opened, in this thread, and that the app closes: a statement that runs for long stops the event loop. */
  constructor(database: PgliteDatabase | PgliteEngine) {
    this.#engine = "execute" in database ? database : new PgliteObject(database);
  }

  /** A database in a folder, or in memory, in a thread of its own: a statement that runs for too long ends the thread, which starts again. */
  static async open({ prepare, ...options }: PgliteClientOptions = {}): Promise<PgliteClient> {
    const prepareEngine = prepare && ((engine: PgliteEngine) => prepare(new PgliteClient(engine)));
    return new PgliteClient(await PgliteWorker.start(options, prepareEngine));
  }

  async query<Row>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    this.#refuseWhenClosed();
    return connectionOf(this.#engine).query<Row>(sql, values);
  }

  async transaction<T>(work: (connection: SqlConnection) => Promise<T>, isolation?: "repeatable read"): Promise<T> {
    this.#refuseWhenClosed();
    const run = async (statements: PgliteStatements): Promise<T> => {
      const inside = new TransactionConnection(connectionOf(statements));
      return work(inside).finally(() => inside.end());
    };
    return this.#engine.transaction(run, isolation);
  }

  async listen(channel: string, listener: NotifyListener): Promise<() => Promise<void>> {
    this.#refuseWhenClosed();
    return this.#engine.listen(channel, listener).catch(rethrowAsSqlError);
  }

  async session(): Promise<SqlSession | undefined> {
    return undefined;
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#engine.close());
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new SqlError("This PgliteClient is closed.", { isUnavailable: true });
  }
}

function connectionOf(statements: PgliteStatements): SqlConnection {
  return {
    query: async <Row>(sql: string, values: readonly unknown[] = []) => {
      const result = await Promise.resolve()
        .then(() => statements.query(sql, values.map(boundText)))
        .catch(rethrowAsSqlError);
      return rowsOf(result) as Row[]; // the border to the database
    },
    execute: async (script) => void (await statements.execute(script).catch(rethrowAsSqlError)),
  };
}

/** Rows as `pg` reads them. */
function rowsOf({ fields, rows }: RawResult): object[] {
  const read = fields.map(({ name, type }) => ({ name, parse: pg.types.getTypeParser(type, "text") }));
  return rows.map((row) =>
    Object.fromEntries(
      read.map(({ name, parse }, index) => {
        const text = row[index] ?? null;
        return [name, text === null ? null : parse(text)];
      }),
    ),
  );
}
