import type { HistoryPolicy } from "../channel-policies.js";
import type { Clock } from "../clock.js";
import type { RealtimeEnvelope, RealtimePosition } from "../envelope.js";
import type { HistoryEntry, HistoryPage, HistoryQuery, HistoryReceipt } from "../realtime-history.js";

interface Kept {
  /** Without its position, which is given when it is read: most are never read. */
  readonly envelope: RealtimeEnvelope;
  readonly until: number;
}

interface Receipt {
  readonly receipt: HistoryReceipt;
  readonly until: number;
}

/** One channel's recent past: a window over an ever growing count. */
export class ChannelLog {
  readonly #epoch: string;
  readonly #policy: HistoryPolicy;
  readonly #clock: Clock;
  readonly #receipts = new Map<string, Receipt>();
  #kept: Kept[] = [];
  #first = 0; // what stands before it is over; it goes in bulk, at the latest when it is half, so that an append copies nothing
  #offset = 0;

  constructor(epoch: string, policy: HistoryPolicy, clock: Clock) {
    this.#epoch = epoch;
    this.#policy = policy;
    this.#clock = clock;
  }

  append({ envelope, idempotencyKey }: HistoryEntry): HistoryReceipt {
    this.#trim();
    const known = idempotencyKey === undefined ? undefined : this.#receipts.get(idempotencyKey);
    if (known) return { ...known.receipt, repeated: true };
    this.#offset += 1;
    const position = this.#position();
    const until = this.#clock.monotonic() + this.#policy.ttlMs;
    this.#kept.push({ envelope, until });
    const receipt = { id: envelope.id, position, repeated: false };
    if (idempotencyKey !== undefined) this.#receipts.set(idempotencyKey, { receipt, until });
    this.#trim();
    return receipt;
  }

  read(query: HistoryQuery): HistoryPage {
    this.#trim();
    const position = this.#position();
    switch (query.kind) {
      case "position":
        return { position, complete: true, messages: [] };
      case "last":
        return { position, complete: true, messages: this.#last(query.count, query.after) };
      case "since":
        return this.#since(query.since, query.limit);
      default:
        return query satisfies never;
    }
  }

  #since({ epoch, offset }: RealtimePosition, limit: number): HistoryPage {
    const position = this.#position();
    const missing = this.#offset - offset;
    const held = this.#kept.length - this.#first;
    const isWhole = epoch === this.#epoch && missing >= 0 && missing <= Math.min(limit, held);
    if (!isWhole) return { position, complete: false, messages: [] };
    return { position, complete: true, messages: this.#last(missing, undefined) };
  }

  #last(count: number, after: RealtimePosition | undefined): readonly RealtimeEnvelope[] {
    const known = after?.epoch === this.#epoch ? after.offset : 0;
    const wanted = Math.min(count, Math.max(0, this.#offset - known));
    const from = Math.max(this.#first, this.#kept.length - wanted);
    const before = this.#offset - this.#kept.length + from; // the offset of the one before the first
    return this.#kept.slice(from).map(({ envelope }, index) => ({
      ...envelope,
      position: { epoch: this.#epoch, offset: before + index + 1 },
    }));
  }

  #position(): RealtimePosition {
    return { epoch: this.#epoch, offset: this.#offset };
  }

  #trim(): void {
    const now = this.#clock.monotonic();
    this.#first = Math.max(this.#first, this.#kept.length - this.#policy.size);
    while (this.#isOver(this.#kept[this.#first], now)) this.#first += 1;
    if (this.#first * 2 > this.#kept.length) {
      this.#kept = this.#kept.slice(this.#first);
      this.#first = 0;
    }
    for (const [key, { until }] of this.#receipts) {
      if (until > now) break; // in order of time: the rest is younger
      this.#receipts.delete(key);
    }
  }

  #isOver(kept: Kept | undefined, now: number): boolean {
    return kept !== undefined && kept.until <= now;
  }
}
