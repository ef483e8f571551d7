import type { Clock } from "@repo/core-realtime";
import pg from "pg";
import type { PgSettings } from "./pg-options.js";

const CLOSE_MS = 5_000; // then a statement that still runs is cut

/** The pool of a client that was given none. */
export class OwnPool {
  readonly pool: pg.Pool;
  readonly #clients = new Set<pg.PoolClient>();
  readonly #clock: Clock;

  constructor({ pool, clock, statementTimeoutMs }: PgSettings) {
    this.#clock = clock;
    this.pool = new pg.Pool({ ...pool, onConnect: (client) => limitStatements(client, statementTimeoutMs) });
    this.pool.on("connect", (client) => {
      client.on("error", () => undefined); // also while it closes, when the pool listens no more: the server may end it first
      this.#clients.add(client);
    });
    this.pool.on("remove", (client) => this.#clients.delete(client));
  }

  async close(): Promise<void> {
    const cancel = this.#clock.after(CLOSE_MS, () => {
      for (const client of this.#clients) client.connection.stream.destroy();
    });
    await this.pool.end();
    cancel();
  }
}

/** For statements outside of a transaction. Not behind a pooler, where the setting would stay for other clients. */
async function limitStatements(client: pg.ClientBase, timeoutMs: number): Promise<void> {
  if (!("processID" in client)) return;
  const sql = "select set_config('statement_timeout', $1, false) where pg_backend_pid() = $2";
  await client.query(sql, [String(Math.ceil(timeoutMs)), client.processID]);
}
