import { SqlError, type SqlClient, type SqlSession } from "../client/sql-client.js";

/** The lock and the channel that a reader and its writers share. */
export interface WakeNames {
  /** The advisory lock that a reader holds shared while it sleeps: writers notify then, and only then. */
  readonly lock: string;
  /** The channel of their notifications. */
  readonly channel: string;
  /** For error sentences. */
  readonly owner: string;
}

const RELAY: WakeNames = { lock: "7023450002", channel: "realtime_wake", owner: "relay" };
const LOCK_TIMEOUT = "55P03"; // SQLSTATE

const REPLY_MS = 2_000; // a connection that has not replied by then is half-open: the lock is waited for 500 ms at most

/** The notification of a reader, such as the relay, that something was written while it sleeps. */
export class WriterWake {
  readonly #client: SqlClient;
  readonly #names: WakeNames;
  readonly #session: SqlSession | undefined;
  readonly #alwaysWakes: boolean;
  #listening: Promise<() => Promise<void>> | undefined;
  /** While the reader sleeps: the first transaction that must have seen the announcement. */
  #before: string | undefined;
  #isCertain = false;
  #isLost = false;
  #isWoken = false;
  #wake: (() => void) | undefined;

  private constructor(
    client: SqlClient,
    names: WakeNames,
    { session, alwaysWakes }: { readonly session: SqlSession | undefined; readonly alwaysWakes: boolean },
  ) {
    this.#client = client;
    this.#names = names;
    this.#session = session;
    this.#alwaysWakes = alwaysWakes;
    void session?.closed.then(() => {
      this.#isLost = true;
      this.wakeUp();
    });
  }

  static async open(client: SqlClient, names = RELAY): Promise<WriterWake> {
    const [mode] = await client.query<{ readonly always: boolean }>("select realtime.always_wakes() as always");
    const session = await client.session();
    const wake = new WriterWake(client, names, { session, alwaysWakes: mode?.always ?? false });
    try {
      await wake.#inSession("set lock_timeout = '500ms'");
      wake.#listening = client.listen(names.channel, { onNotify: () => wake.wakeUp(), onGap: () => wake.wakeUp() });
      await inTime(wake.#listening); // then it polls until the connection for notifications is there again
    } catch (error) {
      await wake.close();
      throw error;
    }
    return wake;
  }

  /** From now on writers notify, as soon as they see it. */
  async announceSleep(): Promise<void> {
    this.#before = undefined;
    if (this.#alwaysWakes || !this.#session) return;
    try {
      await this.#inSession(`select pg_advisory_lock_shared(${this.#names.lock})`);
    } catch (error) {
      if (error instanceof SqlError && error.code === LOCK_TIMEOUT) return; // another session left it locked: then sleeping is polling
      throw error;
    }
    // A number of its own, because one that began and has not ended yet may be above all that a snapshot shows.
    const [own] = await this.#inSession<{ readonly before: string }>("select pg_current_xact_id()::text as before");
    this.#before = own?.before;
  }

  /**
   * Will every writer whose rows the next step does not see notify? All do when the transactions that began before the announcement,
   * and may have skipped it, have ended.
   */
  async isCertain(): Promise<boolean> {
    if (this.#alwaysWakes || this.#isCertain) return true;
    if (this.#before === undefined) return false;
    const [row] = await this.#client.query<{ readonly ended: boolean }>(
      "select pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 as ended",
      [this.#before],
    );
    this.#isCertain = row?.ended ?? false;
    return this.#isCertain;
  }

  async announceWaking(): Promise<void> {
    this.#isCertain = false;
    if (this.#before !== undefined) await this.#inSession(`select pg_advisory_unlock_shared(${this.#names.lock})`);
    this.#before = undefined;
  }

  /** Ends `wait`, or the next one. */
  wakeUp(): void {
    this.#isWoken = true;
    this.#wake?.();
  }

  /** Resolves with true when a writer has notified, with false after `ms`. Rejects where the session is lost. */
  async wait(ms: number): Promise<boolean> {
    if (!this.#isWoken)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        timer.unref();
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#wake = undefined;
    if (this.#isLost) throw new SqlError(`The ${this.#names.owner}'s session was closed.`, { isUnavailable: true });
    const wasWoken = this.#isWoken;
    this.#isWoken = false;
    return wasWoken;
  }

  async close(): Promise<void> {
    const unlistened = this.#listening?.then((unlisten) => unlisten());
    await inTime(Promise.allSettled([unlistened, this.#session?.close()]));
  }

  /** Rejects where the session does not reply: meanwhile the reader would read nothing. */
  async #inSession<Row>(sql: string): Promise<readonly Row[]> {
    const rows = await inTime(this.#session?.query<Row>(sql) ?? Promise.resolve([]));
    if (rows) return rows;
    this.#isLost = true;
    throw new SqlError(`The ${this.#names.owner}'s session does not reply.`, { isUnavailable: true });
  }
}

/** Undefined where it is not settled in time. */
async function inTime<T>(settling: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, REPLY_MS, undefined)));
  try {
    return await Promise.race([settling, late]);
  } finally {
    clearTimeout(timer);
    settling.catch(() => undefined); // of no interest any more
  }
}
