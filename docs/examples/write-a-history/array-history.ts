// array-history.ts
import { randomUUID } from "node:crypto";
import {
  idAt,
  placedAt,
  type HistoryEntry,
  type HistoryPage,
  type HistoryPolicy,
  type HistoryQuery,
  type HistoryReceipt,
  type IRealtimeHistory,
  type RealtimePosition,
  type SealedEnvelope,
} from "fourgate";

interface Kept {
  readonly envelope: SealedEnvelope;
  readonly position: RealtimePosition;
  readonly until: number;
  readonly key: string | undefined;
}

interface Log {
  readonly epoch: string;
  offset: number;
  kept: readonly Kept[];
  keys: readonly Kept[]; // for idempotency: they live as long as their message would, and are not bounded by size
  folded?: SealedEnvelope;
}

/** A history in arrays, for one process. A real store does the same in one transaction, or one script. */
export class ArrayHistory implements IRealtimeHistory {
  readonly #logs = new Map<string, Log>();
  readonly #now: () => number;
  #epoch = randomUUID(); // of channels that have no log yet

  constructor(now: () => number) {
    this.#now = now;
  }

  append(entries: readonly HistoryEntry[]): readonly HistoryReceipt[] {
    return entries.map((entry) => this.#append(entry));
  }

  read(channel: string, query: HistoryQuery, policy: HistoryPolicy): HistoryPage {
    const log = this.#logs.get(channel) ?? { epoch: this.#epoch, offset: 0, kept: [], keys: [] };
    this.#trim(log, policy);
    const position = { epoch: log.epoch, offset: log.offset };
    const after = (offset: number) =>
      log.kept.filter((one) => one.position.offset > offset).map(({ envelope }) => envelope);
    switch (query.kind) {
      case "position":
        return { position, complete: true, messages: [] };
      case "since": {
        const { epoch, offset } = query.since;
        const missing = log.offset - offset;
        const isWhole = epoch === log.epoch && missing >= 0 && missing <= Math.min(query.limit, log.kept.length);
        return { position, complete: isWhole, messages: isWhole ? after(offset) : [] }; // never a part of a gap
      }
      case "last": {
        const known = query.after?.epoch === log.epoch ? query.after.offset : 0;
        if (log.folded) return { position, complete: true, messages: known < log.offset ? [log.folded] : [] };
        return { position, complete: true, messages: after(known).slice(-query.count) };
      }
      default:
        return query satisfies never;
    }
  }

  close(): void {
    this.#logs.clear();
  }

  /** Loses a channel, as a full store does. Whoever has an old position must not take a new one for it: a new epoch begins. */
  forget(channel: string): void {
    this.#logs.delete(channel);
    this.#epoch = randomUUID();
  }

  #append({ envelope, policy, idempotencyKey }: HistoryEntry): HistoryReceipt {
    const { channel } = envelope;
    const log: Log = this.#logs.get(channel) ?? { epoch: this.#epoch, offset: 0, kept: [], keys: [] };
    this.#logs.set(channel, log);
    this.#trim(log, policy);
    const known = idempotencyKey !== undefined && log.keys.find(({ key }) => key === idempotencyKey);
    if (known) return { kind: "repeated", id: idAt(channel, known.position), position: known.position };

    log.offset += 1; // one authority numbers the channel
    const position = { epoch: log.epoch, offset: log.offset };
    const placed = placedAt(position, envelope);
    const kept = { envelope: placed, position, until: this.#now() + policy.ttlMs, key: idempotencyKey };
    log.kept = [...log.kept, kept].slice(-policy.size);
    if (idempotencyKey !== undefined) log.keys = [...log.keys, kept];
    try {
      if (policy.fold) log.folded = fold(policy.fold, log.folded, placed);
      return { kind: "placed", position };
    } catch (foldError) {
      return { kind: "placed", position, foldError }; // the app's own function threw: the message is kept all the same
    }
  }

  #trim(log: Log, policy: HistoryPolicy): void {
    log.kept = log.kept.filter(({ until }) => until > this.#now()).slice(-policy.size);
    log.keys = log.keys.filter(({ until }) => until > this.#now());
  }
}

/** The state so far with a message joined, as one message with the position of the newest. */
function fold(join: NonNullable<HistoryPolicy["fold"]>, before: SealedEnvelope | undefined, next: SealedEnvelope) {
  const state: unknown = JSON.parse(next.json ?? "null");
  return before ? { ...next, json: JSON.stringify(join(JSON.parse(before.json ?? "null"), state)) } : next;
}
