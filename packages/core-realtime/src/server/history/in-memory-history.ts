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
import { LogTable } from "./log-table.js";
import { systemClock } from "../system-clock.js";

/** The settings of an `InMemoryHistory`. */
export interface InMemoryHistoryOptions {
  /** Channels kept at once; what is too much is forgotten, and begins a new epoch. Default 10 000. */
  readonly maxChannels?: number;
  /** Memory for all channels together, about. Default 256 MiB. */
  readonly maxBytes?: number;
  /** The clock; default: the system's. */
  readonly clock?: Clock;
}

/**
 * History in this process: ordered, recoverable, and gone with the process.
 * What is too much is taken from the description that has most, its least recently used channel first: a client that makes many
 * channels of one kind, such as by creating records, forgets their own and no other feature's.
 */
export class InMemoryHistory implements IRealtimeHistory {
  readonly #tables = new Map<HistoryPolicy, LogTable>(); // a description has one policy object
  readonly #tableOf = new Map<string, LogTable>();
  readonly #maxChannels: number;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  #fresh = randomUUID(); // the epoch of all channels without a publication since one was last forgotten

  constructor({ maxChannels = 10_000, maxBytes = 256 * 1024 ** 2, clock = systemClock }: InMemoryHistoryOptions = {}) {
    this.#maxChannels = maxChannels;
    this.#maxBytes = maxBytes;
    this.#clock = clock;
  }

  /** Keeps a message, and returns its position. */
  append(entries: readonly HistoryEntry[]): readonly HistoryReceipt[] {
    return entries.map((entry) => this.#append(entry));
  }

  #append(entry: HistoryEntry): HistoryReceipt {
    const { envelope, policy } = entry;
    const { channel } = envelope;
    const table = this.#tableOf.get(channel) ?? this.#begin(channel, policy);
    const log = table.get(channel) ?? new ChannelLog(this.#fresh, policy, this.#clock);
    const receipt = table.use(channel, log, () => log.append(entry));
    if (this.#tableOf.size > this.#maxChannels) this.#forgetOne(this.#most(({ channels }) => channels));
    this.#lighten();
    return receipt;
  }

  /** The messages that fit the query. */
  read(channel: string, query: HistoryQuery, policy: HistoryPolicy): HistoryPage {
    const table = this.#tableOf.get(channel);
    const log = table?.get(channel);
    if (!table || !log) return new ChannelLog(this.#fresh, policy, this.#clock).read(query); // not kept: a read evicts nothing
    return table.use(channel, log, () => log.read(query));
  }

  close(): void {
    this.#tables.clear();
    this.#tableOf.clear();
    this.#fresh = randomUUID();
  }

  #begin(channel: string, policy: HistoryPolicy): LogTable {
    const table = this.#tables.get(policy) ?? new LogTable(policy);
    this.#tables.set(policy, table);
    this.#tableOf.set(channel, table);
    return table;
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
    for (const table of this.#tables.values()) bytes += table.bytes; // as many as there are descriptions: few
    return bytes;
  }

  #most(weightOf: (table: LogTable) => number): LogTable {
    return [...this.#tables.values()].reduce((most, next) => (weightOf(next) > weightOf(most) ? next : most));
  }

  #forgetOne(table: LogTable): void {
    const forgotten = table.forgetOldest();
    if (forgotten !== undefined) this.#tableOf.delete(forgotten);
    if (table.channels === 0) this.#tables.delete(table.policy);
    this.#fresh = randomUUID();
  }
}
