import type { HistoryPolicy } from "../../channel/channel-policies.js";
import type { Clock } from "../../seams/clock.js";
import type { RealtimePosition } from "../../wire/envelope.js";
import { idAt, placedAt, type SealedEnvelope } from "../../wire/sealed-envelope.js";
import type { HistoryEntry, HistoryPage, HistoryQuery, HistoryReceipt } from "../../seams/history.seam.js";
import { KnownKeys } from "./known-keys.js";
import { envelopeWeight } from "./weight-of.js";

const ENTRY_BYTES = 64; // what the log itself adds to each
const MAX_UNFOLDED = 300; // as many as one reply brings

interface Folded {
  readonly envelope: SealedEnvelope;
  readonly state: unknown;
  readonly bytes: number;
}

/** One channel's recent past: a window over an ever growing count. */
export class ChannelLog {
  readonly #epoch: string;
  readonly #policy: HistoryPolicy;
  readonly #clock: Clock;
  readonly #known = new KnownKeys();
  /** Without their positions, which are given when they are read: most are never read. */
  #kept: SealedEnvelope[] = [];
  /** Until when each is kept. An array of its own: an object for each would outlive its message, and garbage collection is half the cost. */
  #untils: number[] = [];
  #first = 0; // what stands before it is over; it goes in bulk, at the latest when it is half, so that an append copies nothing
  #offset = 0;
  #bytes = 0;
  #folded: Folded | undefined;

  constructor(epoch: string, policy: HistoryPolicy, clock: Clock) {
    this.#epoch = epoch;
    this.#policy = policy;
    this.#clock = clock;
  }

  /** About so many bytes of memory: what can be read, and the keys that are known. */
  get bytes(): number {
    return this.#bytes + this.#known.bytes;
  }

  append({ envelope, idempotencyKey }: HistoryEntry): HistoryReceipt {
    const now = this.#clock.monotonic();
    this.#trim(now);
    const known = this.#known.find(idempotencyKey, now);
    if (known) return { kind: "repeated", id: idAt(envelope.channel, known), position: known };
    const position = { epoch: this.#epoch, offset: this.#offset + 1 };
    const { folded, foldError } = this.#fold(placedAt(position, envelope));
    this.#offset += 1;
    const until = now + this.#policy.ttlMs;
    this.#keep(envelope, until);
    if (folded) this.#keepFolded(folded);
    this.#known.add(idempotencyKey, position, until);
    this.#trim(now);
    return foldError === undefined ? { kind: "placed", position } : { kind: "placed", position, foldError };
  }

  /** Drops the oldest, messages and known keys alike, until the rest is no heavier than this. */
  shrink(maxBytes: number): void {
    while (this.bytes > maxBytes && (this.#first < this.#kept.length || this.#known.size > 0)) {
      this.#drop();
      this.#known.dropOldest();
    }
    this.#compact();
  }

  read(query: HistoryQuery): HistoryPage {
    this.#trim(this.#clock.monotonic());
    const position = this.#position();
    switch (query.kind) {
      case "position":
        return { position, complete: true, messages: [] };
      case "last":
        return { position, complete: true, messages: this.#folds(query.after) ?? this.#last(query.count, query.after) };
      case "since":
        return this.#since(query.since, query.limit);
      default:
        return query satisfies never;
    }
  }

  #since({ epoch, offset }: RealtimePosition, limit: number): HistoryPage {
    const position = this.#position();
    const missing = this.#offset - offset;
    const isWhole = epoch === this.#epoch && missing >= 0 && missing <= Math.min(limit, this.#held);
    if (!isWhole) return { position, complete: false, messages: [] };
    return { position, complete: true, messages: this.#last(missing, undefined) };
  }

  #last(count: number, after: RealtimePosition | undefined): readonly SealedEnvelope[] {
    const known = after?.epoch === this.#epoch ? after.offset : 0;
    const wanted = Math.min(count, Math.max(0, this.#offset - known));
    const from = Math.max(this.#first, this.#kept.length - wanted);
    const before = this.#offset - this.#kept.length + from; // the offset of the one before the first
    return this.#kept
      .slice(from)
      .map((envelope, index) => placedAt({ epoch: this.#epoch, offset: before + index + 1 }, envelope));
  }

  /** Joins a message to the state of the channel so far, where all before it were joined. The fold is the app's own: it may throw. */
  #fold(envelope: SealedEnvelope): { readonly folded?: Folded; readonly foldError?: unknown } {
    const { fold } = this.#policy;
    if (!fold) return {};
    const unfolded = this.#unfolded;
    if (unfolded > 0 && unfolded < Math.min(MAX_UNFOLDED, this.#held)) return {}; // the state would lack the one that was not joined
    const before = unfolded > 0 ? undefined : this.#folded;
    const next: unknown = envelope.json === undefined ? undefined : JSON.parse(envelope.json);
    try {
      const state = before ? fold(before.state, next) : next;
      const folded = { ...envelope, json: JSON.stringify(state) };
      return { folded: { envelope: folded, state, bytes: ENTRY_BYTES + envelopeWeight(folded) } };
    } catch (foldError) {
      return { foldError };
    }
  }

  /** Messages since the folded state. */
  get #unfolded(): number {
    return this.#folded ? this.#offset - (this.#folded.envelope.position?.offset ?? 0) : 0;
  }

  get #held(): number {
    return this.#kept.length - this.#first;
  }

  #keepFolded(folded: Folded): void {
    this.#bytes += folded.bytes - (this.#folded?.bytes ?? 0);
    this.#folded = folded;
  }

  /**
   * The folded state as one message, where it is newer than what is known, and what could not be folded since; undefined where the
   * channel does not fold, or some of that is gone.
   */
  #folds(after: RealtimePosition | undefined): readonly SealedEnvelope[] | undefined {
    const unfolded = this.#unfolded;
    if (!this.#policy.fold || !this.#folded || unfolded > this.#held) return undefined;
    const since = this.#last(unfolded, after);
    const isKnown = after?.epoch === this.#epoch && after.offset >= this.#offset - unfolded;
    return isKnown ? since : [this.#folded.envelope, ...since];
  }

  #position(): RealtimePosition {
    return { epoch: this.#epoch, offset: this.#offset };
  }

  #trim(now: number): void {
    while (this.#kept.length - this.#first > this.#policy.size) this.#drop();
    while (this.#isOver(this.#untils[this.#first], now)) this.#drop();
    this.#compact();
    this.#known.trim(now);
  }

  #keep(envelope: SealedEnvelope, until: number): void {
    this.#kept.push(envelope);
    this.#untils.push(until);
    this.#bytes += ENTRY_BYTES + envelopeWeight(envelope);
  }

  #drop(): void {
    const kept = this.#kept[this.#first];
    if (!kept) return;
    this.#bytes -= ENTRY_BYTES + envelopeWeight(kept);
    this.#first += 1;
  }

  #compact(): void {
    if (this.#first * 2 <= this.#kept.length) return;
    this.#kept = this.#kept.slice(this.#first);
    this.#untils = this.#untils.slice(this.#first);
    this.#first = 0;
  }

  #isOver(until: number | undefined, now: number): boolean {
    return until !== undefined && until <= now;
  }
}
