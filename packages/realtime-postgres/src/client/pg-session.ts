import pg from "pg";
import { endClient, hasSession, KEEPALIVE, PgConnection } from "./pg-connection.js";
import { sqlErrorOf } from "./pg-errors.js";
import type { PgSettings } from "./pg-options.js";
import type { SqlSession } from "./sql-client.js";

/** A dedicated connection; undefined behind a pooler. Its statements may run as long as those of the pool; a script may run longer. */
export async function openSession(settings: PgSettings): Promise<SqlSession | undefined> {
  if (settings.pooling === "transaction") return undefined;
  const client = new pg.Client(settings.direct);
  const closed = new Promise<void>((resolve) => client.once("end", () => resolve()));
  client.on("error", () => client.connection.stream.destroy()); // `end` follows
  const connection = new PgConnection(client, settings.replyTimeoutMs);
  const close = (): Promise<void> => endClient(client, settings.clock);
  try {
    await client.connect();
    if (settings.pooling === "detect" && !(await hasSession(client, connection))) {
      await close();
      return undefined;
    }
    await connection.executeInTime(`${KEEPALIVE}; set statement_timeout = ${Math.ceil(settings.statementTimeoutMs)}`);
  } catch (cause) {
    await close();
    throw sqlErrorOf(cause);
  }
  return {
    query: (sql, values) => connection.query(sql, values),
    execute: (script) => connection.execute(script),
    closed,
    close,
  };
}
