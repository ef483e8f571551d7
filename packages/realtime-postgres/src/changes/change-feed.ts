import type { Clock } from "@repo/core-realtime";
import { consoleReport, systemClock } from "@repo/core-realtime/server";
import { SqlError, type SqlClient } from "../client/sql-client.js";
import { WriterWake, type WakeNames } from "../relay/writer-wake.js";
import { ChangeReader, type ReadChanges } from "./change-reader.js";
import { ChangeRotation } from "./change-rotation.js";
import { ConsumerTable } from "./consumer-table.js";
import { PassedWaiters } from "./passed-waiters.js";
import type { ChangeConsumer } from "./row-change.js";
import type { Snapshot } from "./snapshot.js";

/** Where changes are read from, and how often. */
export interface ChangeFeedOptions {
  /** As the owner of the schema `realtime`. */
  readonly client: SqlClient;
  /** The time; default: that of the system. */
  readonly clock?: Clock;
  /** The database was away, or a consumer failed; the feed continues by itself. */
  readonly onError?: (cause: unknown) => void;
}

/** The lock and the channel that the triggers of watched tables and the feeds share. */
export const FEED_WAKE: WakeNames = { lock: "7023450020", channel: "realtime_changes", owner: "feed" };
const BACKSTOP_MS = 2_000; // should a wake be lost
const LINGER_MS = 50; // of polling after the last change
const POLL_MS = 4;
const [SLOW_POLL_MS, SLOWEST_POLL_MS] = [20, 100]; // where no notification arrives, or an open transaction may have skipped its NOTIFY
const PAUSED_MS = 2_000; // between two times that everything is read again, while nothing is recorded
const RETRY_MS = 250;

/**
 * Follows the changes of watched tables: every node has one, and each reads for itself. Of a committed transaction nothing is left out,
 * nothing comes twice; what is rolled back never comes. Follow it, then await `start()`.
 */
export class ChangeFeed {
  readonly #client: SqlClient;
  readonly #clock: Clock;
  readonly #onError: (cause: unknown) => void;
  readonly #reader: ChangeReader;
  readonly #consumers: ConsumerTable;
  readonly #rotation: ChangeRotation;
  readonly #waiters = new PassedWaiters();
  #snapshot: Snapshot | undefined;
  #running: Promise<void> | undefined;
  #starting: Promise<void> | undefined;
  #settleStart: ((cause?: unknown) => void) | undefined;
  #wake: WriterWake | undefined;
  #isClosed = false;
  #hasFailed = false;
  #busyAt = -Infinity;
  #endPause: () => void = () => undefined;

  constructor({ client, clock = systemClock, onError = consoleReport("change feed") }: ChangeFeedOptions) {
    this.#client = client;
    this.#clock = clock;
    this.#onError = onError;
    this.#reader = new ChangeReader(client);
    this.#rotation = new ChangeRotation(client, clock, onError);
    this.#consumers = new ConsumerTable(onError);
  }

  /** The snapshot up to which all consumers have been called. */
  get snapshot(): Snapshot {
    if (!this.#snapshot) throw new TypeError("The feed has no snapshot yet. Await start() first.");
    return this.#snapshot;
  }

  /** Calls the consumer from the next batch on; a query that begins afterwards and the batches leave nothing out. Returns the undo. */
  follow(consumer: ChangeConsumer): () => void {
    return this.#consumers.add(consumer);
  }

  /** Resolves when everything that is committed from now on is passed on. Waits for a database that is away; rejects where it refuses. */
  start(): Promise<void> {
    if (this.#isClosed) return Promise.reject(new SqlError("The feed is closed.", { isUnavailable: true }));
    this.#starting ??= new Promise((resolve, reject) => {
      this.#settleStart = (cause) => (cause === undefined ? resolve() : reject(cause));
      this.#running = this.#run();
    });
    return this.#starting;
  }

  /**
   * Resolves when every consumer has been called with a snapshot that shows this transaction as ended (committed or rolled back).
   * Rejects where the feed is closed before.
   */
  async passed(xid: bigint): Promise<void> {
    if (this.#isClosed) throw new SqlError("The feed is closed.", { isUnavailable: true });
    if (this.#snapshot?.shows(xid)) return;
    const passed = this.#waiters.add(xid);
    this.#wake?.wakeUp();
    await passed;
  }

  /** Resolves when the batch in progress has been passed on. Close the client after it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#endPause();
    this.#wake?.wakeUp();
    await this.#running;
    this.#settleStart?.();
    this.#waiters.reject("The feed was closed.");
  }

  async #run(): Promise<void> {
    while (!this.#isClosed)
      try {
        await this.#followOn();
      } catch (cause) {
        if (this.#refusesToStart(cause)) return;
        if (!this.#hasFailed) this.#onError(cause); // the first of a series: an absent database fails four times a second
        this.#hasFailed = true;
        this.#consumers.stale(true);
        await this.#pause(RETRY_MS);
      }
  }

  /** What another try would not change is for the caller to repair; once started, the feed keeps trying. */
  #refusesToStart(cause: unknown): boolean {
    if (this.#snapshot || (cause instanceof SqlError && cause.isUnavailable)) return false;
    this.#settleStart?.(cause);
    this.#starting = undefined; // start() may be called again
    return true;
  }

  async #followOn(): Promise<void> {
    const wake = await WriterWake.open(this.#client, FEED_WAKE);
    this.#wake = wake;
    try {
      await this.#passOn(await this.#reader.open());
      this.#settleStart?.();
      while (!this.#isClosed) {
        await this.#readOn();
        if (this.#isIdle) await this.#sleep(wake);
        else await this.#pause(POLL_MS);
      }
    } finally {
      this.#wake = undefined;
      await wake.close();
    }
  }

  get #isIdle(): boolean {
    return this.#waiters.size === 0 && this.#clock.monotonic() - this.#busyAt > LINGER_MS;
  }

  /** Waits until there may be something to read. */
  async #sleep(wake: WriterWake): Promise<void> {
    await wake.announceSleep();
    try {
      for (let pollMs = SLOW_POLL_MS; !this.#isClosed; pollMs = Math.min(2 * pollMs, SLOWEST_POLL_MS)) {
        const isCertain = await wake.isCertain(); // before the read, which sees what the others have written
        await this.#readOn();
        if (!this.#isIdle) return;
        await wake.wait(isCertain ? BACKSTOP_MS : pollMs);
      }
    } finally {
      await wake.announceWaking();
    }
  }

  async #readOn(): Promise<void> {
    const read = await this.#reader.read();
    await this.#passOn(read);
    await this.#rotation.runWhenDue(read.changes.length > 0);
    if (read.problem) this.#onError(read.problem);
    if (read.isPaused) await this.#pause(PAUSED_MS);
  }

  async #passOn({ snapshot, changes, isLost }: ReadChanges): Promise<void> {
    const isFirst = this.#snapshot === undefined;
    if (changes.length > 0) this.#busyAt = this.#clock.monotonic();
    if (isLost) await this.#consumers.lost(snapshot);
    else if (changes.length > 0 || this.#isAwaited(snapshot)) await this.#consumers.changed({ snapshot, changes });
    else if (!isFirst) return this.#follows();
    this.#snapshot = snapshot;
    this.#waiters.settle(snapshot);
    this.#follows();
  }

  #isAwaited(snapshot: Snapshot): boolean {
    return this.#waiters.size > 0 && this.#snapshot !== undefined && this.#snapshot.toString() !== snapshot.toString();
  }

  #follows(): void {
    this.#hasFailed = false;
    this.#consumers.stale(false);
  }

  async #pause(ms: number): Promise<void> {
    if (this.#isClosed) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(ms, resolve);
      this.#endPause = () => {
        cancel();
        resolve();
      };
    });
  }
}
