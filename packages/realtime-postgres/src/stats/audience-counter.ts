import type { Clock, IRealtimeObserver, RealtimeObservation } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import type { SqlClient } from "../client/sql-client.js";

/** Where the number of subscribers is written. */
export interface AudienceCounterOptions {
  /** The database; the app opens and closes it. */
  readonly client: SqlClient;
  /** How often counts are written; default 1 s. */
  readonly everyMs?: number;
  /** Messages whose counts wait in this node; what comes beyond is dropped and reported. Default 20 000. */
  readonly maxWaiting?: number;
  /** Counts could not be written, or were dropped; delivery continues. */
  readonly onError?: (cause: unknown) => void;
  /** The time; default: that of the system. */
  readonly clock?: Clock;
}

/**
 * Counts how many connections of this node each message was queued for, and adds it to `ws_audience_count` of the message: one INSERT
 * per interval and node, one UPDATE per batch, whatever the number of messages and subscribers.
 */
export class AudienceCounter implements IRealtimeObserver {
  readonly kinds = ["delivered"] as const;
  readonly #client: SqlClient;
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #maxWaiting: number;
  readonly #onError: (cause: unknown) => void;
  #counts = new Map<string, number>();
  #dropped = 0;
  #isOpen = true;
  #isScheduled = false;
  #isFoldDue = false;
  #stopTimer = (): void => undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor({ client, everyMs = 1_000, maxWaiting = 20_000, onError, clock = systemClock }: AudienceCounterOptions) {
    this.#client = client;
    this.#everyMs = everyMs;
    this.#maxWaiting = maxWaiting;
    this.#onError = onError ?? (() => undefined);
    this.#clock = clock;
  }

  observe(observation: RealtimeObservation): void {
    if (observation.kind !== "delivered" || !this.#isOpen) return;
    const { envelope, audience } = observation;
    if (audience === 0 || !UUID.test(envelope.id)) return; // a message that is in no log
    this.#add(envelope.id, audience);
    this.#schedule();
  }

  /** Resolves when what was counted is written, or could not be. */
  async close(): Promise<void> {
    this.#isOpen = false;
    this.#stopTimer();
    await this.#writing;
    await this.#write();
  }

  #schedule(): void {
    if (this.#isScheduled || !this.#isOpen) return;
    this.#isScheduled = true;
    this.#stopTimer = this.#clock.after(this.#everyMs, () => {
      this.#writing = this.#write().then(() => {
        this.#isScheduled = false;
        if (this.#counts.size > 0 || this.#isFoldDue) this.#schedule();
      });
    });
  }

  async #write(): Promise<void> {
    const counts = this.#counts;
    const dropped = this.#dropped;
    this.#dropped = 0;
    if (dropped > 0)
      this.#onError(
        new Error(`The audience of ${dropped} deliveries was not counted: ${this.#maxWaiting} messages were waiting.`),
      );
    if (counts.size === 0 && !this.#isFoldDue) return;
    this.#counts = new Map();
    try {
      await this.#append(counts);
      const [row] = await this.#client.query<{ rows: number | null }>("select realtime.fold_audience_counts() as rows");
      this.#isFoldDue = counts.size > 0 && (row?.rows ?? 0) === 0; // another node was at it, perhaps before it could see this
    } catch (cause) {
      this.#onError(cause);
    }
  }

  async #append(counts: ReadonlyMap<string, number>): Promise<void> {
    if (counts.size === 0) return;
    try {
      await this.#client.query(APPEND, [[...counts.keys()], [...counts.values()]]);
    } catch (cause) {
      for (const [id, audience] of counts) this.#add(id, audience); // counted twice where only the reply was lost
      throw cause;
    }
  }

  #add(id: string, audience: number): void {
    const before = this.#counts.get(id);
    if (before === undefined && this.#counts.size >= this.#maxWaiting) this.#dropped += 1;
    else this.#counts.set(id, (before ?? 0) + audience);
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const APPEND =
  "insert into realtime.audience_counts (message_id, audience) select * from unnest($1::uuid[], $2::integer[])";
