import { randomUUID } from "node:crypto";
import type { HistoryPolicy } from "../../channel/channel-policies.js";
import type { Clock } from "../../seams/clock.js";
import type {
  HistoryEntry,
  HistoryPage,
  HistoryQuery,
  HistoryReceipt,
  IRealtimeHistory,
} from "../../seams/history.seam.js";
import { ChannelLog } from "./channel-log.js";
import { HistoryShelf } from "./history-shelf.js";
import { systemClock } from "../system-clock.js";

export interface InMemoryHistoryOptions {
  /** Channels kept at once; what is too much is forgotten, and begins a new epoch. Default 10 000. */
  readonly maxChannels?: number;
  /** Memory for all channels together, about. Default 256 MiB. */
  readonly maxBytes?: number;
  readonly clock?: Clock;
}

/**
 * History in this process: ordered, recoverable, and gone with the process.
 * What is too much is taken from the description that has most, its least recently used channel first: whoever makes many
 * channels of one kind, by creating records say, forgets their own and no other feature's.
 */
export class InMemoryHistory implements IRealtimeHistory {
  readonly #shelves = new Map<HistoryPolicy, HistoryShelf>(); // a description has one policy object
  readonly #shelfOf = new Map<string, HistoryShelf>();
  readonly #maxChannels: number;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  #fresh = randomUUID(); // the epoch of all channels that nobody has spoken on since one was last forgotten

  constructor({ maxChannels = 10_000, maxBytes = 256 * 1024 ** 2, clock = systemClock }: InMemoryHistoryOptions = {}) {
    this.#maxChannels = maxChannels;
    this.#maxBytes = maxBytes;
    this.#clock = clock;
  }

  append(entries: readonly HistoryEntry[]): readonly HistoryReceipt[] {
    return entries.map((entry) => this.#append(entry));
  }

  #append(entry: HistoryEntry): HistoryReceipt {
    const { envelope, policy } = entry;
    const { channel } = envelope;
    const shelf = this.#shelfOf.get(channel) ?? this.#begin(channel, policy);
    const log = shelf.get(channel) ?? new ChannelLog(this.#fresh, policy, this.#clock);
    const receipt = shelf.use(channel, log, () => log.append(entry));
    if (this.#shelfOf.size > this.#maxChannels) this.#forgetOne(this.#most(({ channels }) => channels));
    this.#lighten();
    return receipt;
  }

  read(channel: string, query: HistoryQuery, policy: HistoryPolicy): HistoryPage {
    const shelf = this.#shelfOf.get(channel);
    const log = shelf?.get(channel);
    if (!shelf || !log) return new ChannelLog(this.#fresh, policy, this.#clock).read(query); // not kept: asking makes it forget nothing
    return shelf.use(channel, log, () => log.read(query));
  }

  close(): void {
    this.#shelves.clear();
    this.#shelfOf.clear();
    this.#fresh = randomUUID();
  }

  #begin(channel: string, policy: HistoryPolicy): HistoryShelf {
    const shelf = this.#shelves.get(policy) ?? new HistoryShelf(policy);
    this.#shelves.set(policy, shelf);
    this.#shelfOf.set(channel, shelf);
    return shelf;
  }

  #lighten(): void {
    for (let excess = this.#excess(); excess > 0; excess = this.#excess()) {
      const heaviest = this.#most(({ bytes }) => bytes);
      const { bytes: before, channels } = heaviest;
      if (channels === 1) heaviest.shrink(excess);
      if (heaviest.bytes === before) this.#forgetOne(heaviest); // one of several, or a folded state that alone is too much
    }
  }

  #excess(): number {
    let bytes = -this.#maxBytes;
    for (const shelf of this.#shelves.values()) bytes += shelf.bytes; // as many as there are descriptions: few
    return bytes;
  }

  #most(weightOf: (shelf: HistoryShelf) => number): HistoryShelf {
    return [...this.#shelves.values()].reduce((most, next) => (weightOf(next) > weightOf(most) ? next : most));
  }

  #forgetOne(shelf: HistoryShelf): void {
    const forgotten = shelf.forgetOldest();
    if (forgotten !== undefined) this.#shelfOf.delete(forgotten);
    if (shelf.channels === 0) this.#shelves.delete(shelf.policy);
    this.#fresh = randomUUID();
  }
}
