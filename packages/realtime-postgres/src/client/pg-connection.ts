import type { Clock } from "@repo/core-realtime";
import type pg from "pg";
import { rethrowAsSqlError } from "./pg-errors.js";
import type { SqlConnection } from "./sql-client.js";

/** Statements on one connection of the driver, one after the other. */
export class PgConnection implements SqlConnection {
  readonly #client: pg.ClientBase;
  readonly #timeoutMs: number;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: pg.ClientBase, timeoutMs: number) {
    this.#client = client;
    this.#timeoutMs = timeoutMs;
  }

  query<Row>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return this.#next(async () => (await this.#client.query(timed(sql, values, this.#timeoutMs))).rows as Row[]); // the border to the driver
  }

  execute(script: string): Promise<void> {
    return this.#next(async () => void (await this.#client.query(script)));
  }

  /** A short script, whose reply is waited for no longer than a statement's. `execute` waits for as long as a migration may run. */
  executeInTime(script: string): Promise<void> {
    return this.#next(async () => void (await this.#client.query(timed(script, [], this.#timeoutMs))));
  }

  /** The command that the server reports: `ROLLBACK` for the commit of a transaction in which a statement failed. */
  command(sql: string): Promise<string> {
    return this.#next(async () => (await this.#client.query(timed(sql, [], this.#timeoutMs))).command);
  }

  /** Not the driver's own queue: it is about to go. */
  #next<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#last.then(run).catch(rethrowAsSqlError);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** A statement whose reply is waited for so long at most: the end of a half-open connection is never reported. */
export function timed(text: string, values: readonly unknown[], timeoutMs: number): TimedQuery {
  return { text, values: [...values], query_timeout: timeoutMs };
}

interface TimedQuery extends pg.QueryConfig<unknown[]> {
  readonly query_timeout: number;
}

/** Whether this is a connection to a session of the server: a pooler in between reports a process number of its own. */
export async function hasSession(client: pg.ClientBase, connection: SqlConnection): Promise<boolean> {
  const [row] = await connection.query<{ pid: number }>("select pg_backend_pid() as pid");
  return "processID" in client && row?.pid === client.processID;
}

/** How the server notices that this end has vanished, so that its locks and listeners go: within about 15 s. */
export const KEEPALIVE =
  "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 3; set tcp_keepalives_count = 3; set tcp_user_timeout = 15000";

const GOODBYE_MS = 1_000; // a half-open connection does not confirm

/** Closes a connection; cuts it where the other side does not reply. */
export async function endClient(client: pg.Client, clock: Clock): Promise<void> {
  const cancel = clock.after(GOODBYE_MS, () => client.connection.stream.destroy());
  await client.end().catch(() => undefined); // closed is closed
  cancel();
}
