import type { Clock } from "@repo/core-realtime";
import pg from "pg";
import type { PgSettings } from "./pg-options.js";

const CLOSE_MS = 5_000; // then a statement that still runs is cut

/** The pool of a client that was given none. */
export class OwnPool {
  readonly pool: pg.Pool;
  /** Each connection, with the promise of its end. */
  readonly #clients = new Map<pg.PoolClient, Promise<void>>();
  readonly #clock: Clock;

  constructor({ pool, clock, statementTimeoutMs }: PgSettings) {
    this.#clock = clock;
    this.pool = new pg.Pool({ ...pool, onConnect: (client) => limitStatements(client, statementTimeoutMs) });
    this.pool.on("connect", (client) => {
      const ended = new Promise<void>((resolve) => client.once("end", resolve));
      this.#clients.set(client, ended);
      void ended.then(() => this.#clients.delete(client));
    });
  }

  /** Resolves when every connection has ended: `pool.end()` does not wait, and one that the server ends meanwhile still fails. */
  async close(): Promise<void> {
    const cancel = this.#clock.after(CLOSE_MS, () => {
      for (const client of this.#clients.keys()) client.connection.stream.destroy();
    });
    await this.pool.end();
    await Promise.all(this.#clients.values());
    cancel();
  }
}

/** For statements outside of a transaction. Not behind a pooler, where the setting would stay for other clients. */
async function limitStatements(client: pg.ClientBase, timeoutMs: number): Promise<void> {
  if (!("processID" in client)) return;
  const sql = "select set_config('statement_timeout', $1, false) where pg_backend_pid() = $2";
  await client.query(sql, [String(Math.ceil(timeoutMs)), client.processID]);
}
