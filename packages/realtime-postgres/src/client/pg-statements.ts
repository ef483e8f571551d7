import type pg from "pg";
import { PgConnection, timed } from "./pg-connection.js";
import { abortedTransaction, rethrowAsSqlError } from "./pg-errors.js";
import type { PgPool, PgSettings } from "./pg-options.js";
import { SqlError, type SqlConnection } from "./sql-client.js";
import { TransactionConnection } from "./transaction-connection.js";

/** Statements and transactions on connections of a pool: this client's own pool, or the app's. */
export class PgStatements {
  readonly #pool: PgPool;
  readonly #replyTimeoutMs: number;
  readonly #begin: string;

  constructor(pool: PgPool, { replyTimeoutMs, statementTimeoutMs }: PgSettings) {
    this.#pool = pool;
    this.#replyTimeoutMs = replyTimeoutMs;
    this.#begin = `set local statement_timeout = ${Math.ceil(statementTimeoutMs)}`;
  }

  query<Row>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return this.#withClient(async (client) => {
      const result = await client.query(timed(sql, values, this.#replyTimeoutMs)).catch(rethrowAsSqlError);
      return result.rows as Row[]; // the border to the driver
    });
  }

  transaction<T>(work: (connection: SqlConnection) => Promise<T>, isolation?: "repeatable read"): Promise<T> {
    return this.#withClient(async (client) => {
      const connection = new PgConnection(client, this.#replyTimeoutMs);
      const inside = new TransactionConnection(connection);
      await connection.executeInTime(`begin${isolation ? ` isolation level ${isolation}` : ""}; ${this.#begin}`);
      try {
        const result = await work(inside);
        inside.end();
        if ((await connection.command("commit")) === "ROLLBACK") throw abortedTransaction();
        return result;
      } catch (error) {
        inside.end();
        if (!isLost(error)) await connection.executeInTime("rollback").catch(() => undefined); // `error` is more precise
        throw error;
      }
    });
  }

  async #withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch(rethrowAsSqlError);
    let isBroken = false;
    const onError = (): void => void (isBroken = true); // while it is out, no listener of the pool's is on it
    client.on("error", onError);
    try {
      return await work(client);
    } catch (error) {
      isBroken ||= isLost(error);
      throw error;
    } finally {
      client.release(isBroken || client.getTransactionStatus() !== "I");
      client.off("error", onError);
    }
  }
}

/** The server did not reply: nothing more can be sent on this connection. */
function isLost(error: unknown): boolean {
  return error instanceof SqlError && error.isUnavailable && error.code === undefined;
}
