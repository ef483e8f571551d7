import type { IRealtimeHandlerRegistry, IRealtimeObserver } from "@repo/core-realtime";
import { systemClock, TimedBroadcastGate } from "@repo/core-realtime/server";
import { SqlError, type SqlClient } from "../client/sql-client.js";
import { LEASE_MS, RelayLease, STAND_BY_MS } from "./relay-lease.js";
import { CodeChannelNames } from "./code-channel-names.js";
import { PAGE, relayRowByRow, relayStep } from "./relay-step.js";
import { WriterWake } from "./writer-wake.js";

/** What the relay needs. */
export interface RelayOptions {
  /** The database; the app opens and closes it. */
  readonly client: SqlClient;
  /** The channels that are declared in code: what SQL publishes on them passes their schema. */
  readonly registry: IRealtimeHandlerRegistry;
  /** Sees failures, takeovers and refused messages. */
  readonly observer: IRealtimeObserver;
  /** Bytes of JSON that a payload may have. */
  readonly maxBytes: number;
}

const RENEW_MS = LEASE_MS / 3; // also the longest wait, should a wake be lost
const RETRY_MS = 2 * STAND_BY_MS; // after a failure: long enough for another relay to take over
const GATE_MS = LEASE_MS / 2; // for the schema of a message: its result arrives while this relay still leads
const LINGER_MS = 50; // of polling after the last row
const POLL_MS = 2;
const SLOW_POLL_MS = 20; // and more each time, where no notification arrives, or an open transaction may have skipped its NOTIFY
const SLOWEST_POLL_MS = 100;
const CLEAN_MS = 1_000;
const CLEAN_PAGE = 5_000;

/**
 * The one process that numbers the messages of a database; of several relays all but one stand by.
 * Everything that must not be half done is one SQL function: see migrations/0002_relay.sql.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #lease: RelayLease;
  readonly #codeNames: CodeChannelNames;
  readonly #gate: TimedBroadcastGate;
  #wake: WriterWake | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;
  #page = PAGE;
  #hasFailed = false;
  #endPause: () => void = () => undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#lease = new RelayLease(options.client);
    this.#codeNames = new CodeChannelNames(options.registry);
    const limits = { handlerMs: GATE_MS, maxBroadcastBytes: options.maxBytes };
    this.#gate = new TimedBroadcastGate({ clock: systemClock, limits });
  }

  /** Whether this process numbers the messages now; at most one does. */
  get isLeading(): boolean {
    return this.#lease.term !== undefined;
  }

  /** Begins to lead, or to stand by until the leader is gone. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Finishes the step in progress, and lets another relay take over. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#endPause();
    this.#wake?.wakeUp();
    await this.#running;
    this.#codeNames.close();
  }

  async #run(): Promise<void> {
    while (!this.#isStopped)
      try {
        if (await this.#lease.take()) await this.#lead();
        else await this.#pause(STAND_BY_MS);
      } catch (cause) {
        this.#report(cause);
        await this.#lease.release().catch(() => this.#lease.invalidate()); // another node may be able to do what this one cannot
        await this.#pause(RETRY_MS);
      }
    await this.#lease.release().catch((cause: unknown) => this.#report(cause));
  }

  /** Numbers until another relay has taken over, or this one is stopped. */
  async #lead(): Promise<void> {
    const wake = await WriterWake.open(this.#options.client);
    this.#wake = wake;
    this.#codeNames.invalidate();
    try {
      let [renewedAt, busyAt, cleanedAt] = [performance.now(), performance.now(), 0];
      let isClean = false;
      while (!this.#isStopped) {
        if (performance.now() - renewedAt > RENEW_MS) {
          if (!(await this.#lease.renew())) return;
          renewedAt = performance.now();
        }
        const page = this.#page;
        const rows = await this.#step();
        if (rows === undefined) return;
        const now = performance.now();
        if (rows > 0) [busyAt, isClean] = [now, false];
        const isIdle = rows === 0 && now - busyAt > LINGER_MS;
        if (!isClean && (isIdle || now - cleanedAt > CLEAN_MS)) [isClean, cleanedAt] = [await this.#clean(), now];
        if (rows === page) continue;
        if (!isIdle) await this.#pause(POLL_MS);
        else if (!(await this.#sleep(wake))) return;
      }
    } finally {
      this.#wake = undefined;
      await wake.close();
    }
  }

  /** Waits until there is something to number; false where another relay has taken over. */
  async #sleep(wake: WriterWake): Promise<boolean> {
    await wake.announceSleep();
    try {
      for (let pollMs = SLOW_POLL_MS; !this.#isStopped; pollMs = Math.min(2 * pollMs, SLOWEST_POLL_MS)) {
        const isCertain = await wake.isCertain(); // before the step, which sees what the others have written
        if (!(await this.#lease.renew())) return false;
        const rows = await this.#step();
        if (rows === undefined) return false;
        if (rows > 0) return true;
        await wake.wait(isCertain ? RENEW_MS : pollMs);
      }
      return true;
    } finally {
      await wake.announceWaking();
    }
  }

  async #step(): Promise<number | undefined> {
    const { term } = this.#lease;
    if (term === undefined) return undefined;
    const page = this.#page;
    this.#page = Math.max(1, Math.floor(page / 4)); // where the step fails: what is too much for its time is tried in pieces
    const deps = { ...this.#options, gate: this.#gate, codeNames: this.#codeNames, page };
    await this.#codeNames.announce(this.#options.client);
    const rows = await relayStep(this.#options.client, term, deps).catch(async (cause: unknown) => {
      if (!isOfRow(cause)) throw cause;
      const numbered = await relayRowByRow(this.#options.client, term, deps);
      this.#options.observer.observe({ kind: "failed", where: "relay", cause }); // some rows stand in realtime.refused now
      return numbered;
    });
    this.#page = Math.min(PAGE, page * 2);
    if (rows === undefined) this.#lease.invalidate();
    else this.#hasFailed = false;
    return rows;
  }

  /** Deletes what is numbered; true where nothing is left. */
  async #clean(): Promise<boolean> {
    const [row] = await this.#options.client.query<{ readonly deleted: number }>(
      "select realtime.relay_clean($1, $2) as deleted",
      [this.#lease.term, CLEAN_PAGE],
    );
    return (row?.deleted ?? 0) < CLEAN_PAGE;
  }

  async #pause(ms: number): Promise<void> {
    if (this.#isStopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Reports the first failure of a series: an absent database fails at every try. */
  #report(cause: unknown): void {
    if (!this.#hasFailed) this.#options.observer.observe({ kind: "failed", where: "relay", cause });
    this.#hasFailed = true;
  }
}

/** SQLSTATEs that concern the server, the schema or the transaction; all others may concern a row. */
const NOT_OF_ROW = /^(08|25|28|3D|3F|40|42|53|55|57|58|F0|XX)/;

function isOfRow(cause: unknown): boolean {
  return cause instanceof SqlError && cause.code !== undefined && !cause.isUnavailable && !NOT_OF_ROW.test(cause.code);
}
