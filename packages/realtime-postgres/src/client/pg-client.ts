import { PgListener } from "./pg-listener.js";
import { pgSettings, type PgClientOptions, type PgPool, type PgSettings } from "./pg-options.js";
import { OwnPool } from "./pg-pool.js";
import { openSession } from "./pg-session.js";
import { PgStatements } from "./pg-statements.js";
import { SqlError, type NotifyListener, type SqlClient, type SqlConnection, type SqlSession } from "./sql-client.js";

/** A Postgres server, through the driver `pg`: a pool, one connection for notifications, and one for each session. */
export class PgClient implements SqlClient {
  readonly #settings: PgSettings;
  readonly #pool: PgPool;
  readonly #ownPool: OwnPool | undefined;
  readonly #statements: PgStatements;
  readonly #listener: PgListener;
  readonly #sessions = new Set<SqlSession>();
  #closed: Promise<void> | undefined;

  constructor(options: PgClientOptions = {}) {
    this.#settings = pgSettings(options);
    const pool = options.pool ?? new OwnPool(this.#settings);
    this.#ownPool = pool instanceof OwnPool ? pool : undefined;
    this.#pool = pool instanceof OwnPool ? pool.pool : pool;
    this.#pool.on("error", ignoreLost);
    this.#statements = new PgStatements(this.#pool, this.#settings);
    this.#listener = new PgListener(this.#settings);
  }

  async query<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    this.#refuseWhenClosed();
    return this.#statements.query<Row>(sql, values);
  }

  async transaction<T>(work: (connection: SqlConnection) => Promise<T>, isolation?: "repeatable read"): Promise<T> {
    this.#refuseWhenClosed();
    return this.#statements.transaction(work, isolation);
  }

  async listen(channel: string, listener: NotifyListener): Promise<() => Promise<void>> {
    this.#refuseWhenClosed();
    return this.#listener.listen(channel, listener);
  }

  async session(): Promise<SqlSession | undefined> {
    this.#refuseWhenClosed();
    const session = await openSession(this.#settings);
    if (!session) return undefined;
    this.#sessions.add(session);
    void session.closed.then(() => this.#sessions.delete(session));
    if (this.#closed) await session.close(); // closed while it was opening
    return session;
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    const sessions = [...this.#sessions].map((session) => session.close());
    await Promise.all([this.#listener.close(), ...sessions, this.#ownPool?.close()]);
    this.#pool.off("error", ignoreLost);
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new SqlError("This PgClient is closed.", { isUnavailable: true });
  }
}

/** An idle connection was lost; the pool opens another one for the next statement. */
function ignoreLost(): void {
  // the statement that needs a connection reports what is wrong
}
