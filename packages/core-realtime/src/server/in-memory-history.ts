import { randomUUID } from "node:crypto";
import type { HistoryPolicy } from "../channel-policies.js";
import type { Clock } from "../clock.js";
import type { HistoryEntry, HistoryPage, HistoryQuery, HistoryReceipt, IRealtimeHistory } from "../realtime-history.js";
import { ChannelLog } from "./channel-log.js";
import { systemClock } from "./system-clock.js";

export interface InMemoryHistoryOptions {
  /** Channels kept at once; the least recently used is forgotten, and begins a new epoch. Default 10 000. */
  readonly maxChannels?: number;
  readonly clock?: Clock;
}

/** History in this process: ordered, recoverable, and gone with the process. */
export class InMemoryHistory implements IRealtimeHistory {
  readonly #logs = new Map<string, ChannelLog>();
  readonly #maxChannels: number;
  readonly #clock: Clock;
  #fresh = randomUUID(); // the epoch of all channels that nobody has spoken on since one was last forgotten

  constructor({ maxChannels = 10_000, clock = systemClock }: InMemoryHistoryOptions = {}) {
    this.#maxChannels = maxChannels;
    this.#clock = clock;
  }

  append(entry: HistoryEntry): HistoryReceipt {
    return this.#logOf(entry.envelope.channel, entry.policy).append(entry);
  }

  read(channel: string, query: HistoryQuery, policy: HistoryPolicy): HistoryPage {
    const log = this.#logs.get(channel);
    if (!log) return new ChannelLog(this.#fresh, policy, this.#clock).read(query); // not kept: asking makes it forget nothing
    this.#touch(channel, log);
    return log.read(query);
  }

  close(): void {
    this.#logs.clear();
    this.#fresh = randomUUID();
  }

  #logOf(channel: string, policy: HistoryPolicy): ChannelLog {
    const log = this.#logs.get(channel) ?? new ChannelLog(this.#fresh, policy, this.#clock);
    this.#touch(channel, log);
    if (this.#logs.size > this.#maxChannels) this.#forgetOldest();
    return log;
  }

  /** Moves it to the end: the first is the least recently used. */
  #touch(channel: string, log: ChannelLog): void {
    this.#logs.delete(channel);
    this.#logs.set(channel, log);
  }

  #forgetOldest(): void {
    const [oldest] = this.#logs.keys();
    if (oldest !== undefined) this.#logs.delete(oldest);
    this.#fresh = randomUUID();
  }
}
