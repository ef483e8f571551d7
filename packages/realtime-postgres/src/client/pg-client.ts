import pg from "pg";
import { sqlErrorOf } from "./pg-errors.js";
import type { NotifyListener, SqlClient, SqlConnection, SqlSession } from "./sql-client.js";

export interface PgClientOptions {
  readonly connectionString: string;
  /** Connections of the pool; default 10. */
  readonly maxConnections?: number;
}

/** A Postgres server, through the driver `pg`. */
export class PgClient implements SqlClient {
  readonly #pool: pg.Pool;
  readonly #connectionString: string;

  constructor({ connectionString, maxConnections = 10 }: PgClientOptions) {
    this.#connectionString = connectionString;
    this.#pool = new pg.Pool({ connectionString, max: maxConnections, connectionTimeoutMillis: 5_000 });
    this.#pool.on("error", () => undefined); // an idle connection was lost; the pool opens another one
  }

  async query<Row>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return run<Row>(this.#pool, sql, values);
  }

  async transaction<T>(work: (connection: SqlConnection) => Promise<T>, isolation?: "repeatable read"): Promise<T> {
    const client = await this.#pool.connect().catch(rethrow);
    let failed: Error | undefined;
    try {
      await client.query(isolation ? "begin isolation level repeatable read" : "begin").catch(rethrow);
      const result = await work(connectionOf(client));
      await client.query("commit").catch(rethrow);
      return result;
    } catch (error) {
      await client.query("rollback").catch((cause: unknown) => (failed = sqlErrorOf(cause)));
      throw error;
    } finally {
      client.release(failed);
    }
  }

  async listen(channel: string, listener: NotifyListener): Promise<() => Promise<void>> {
    const client = new pg.Client({ connectionString: this.#connectionString });
    client.on("error", () => listener.onGap());
    client.on("notification", ({ payload }) => listener.onNotify(payload ?? ""));
    await client.connect().catch(rethrow);
    await client.query(`listen ${pg.escapeIdentifier(channel)}`).catch(rethrow);
    return () => client.end();
  }

  async session(): Promise<SqlSession | undefined> {
    const client = new pg.Client({ connectionString: this.#connectionString });
    const closed = new Promise<void>((resolve) => client.once("end", resolve));
    client.on("error", () => undefined); // `end` follows
    await client.connect().catch(rethrow);
    return { ...connectionOf(client), closed, close: () => client.end() };
  }

  async close(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }
}

function connectionOf(client: pg.ClientBase): SqlConnection {
  return {
    query: (sql, values = []) => run(client, sql, values),
    execute: async (script) => void (await client.query(script).catch(rethrow)),
  };
}

async function run<Row>(on: pg.Pool | pg.ClientBase, sql: string, values: readonly unknown[]): Promise<readonly Row[]> {
  const result = await on.query(sql, [...values]).catch(rethrow);
  return result.rows as Row[]; // the border to the driver
}

function rethrow(cause: unknown): never {
  throw sqlErrorOf(cause);
}
