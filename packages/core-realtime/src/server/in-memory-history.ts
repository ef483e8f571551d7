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

  constructor({ maxChannels = 10_000, clock = systemClock }: InMemoryHistoryOptions = {}) {
    this.#maxChannels = maxChannels;
    this.#clock = clock;
  }

  append(entry: HistoryEntry): HistoryReceipt {
    return this.#logOf(entry.envelope.channel, entry.policy).append(entry);
  }

  read(channel: string, query: HistoryQuery, policy: HistoryPolicy): HistoryPage {
    return this.#logOf(channel, policy).read(query);
  }

  close(): void {
    this.#logs.clear();
  }

  #logOf(channel: string, policy: HistoryPolicy): ChannelLog {
    const log = this.#logs.get(channel) ?? new ChannelLog(randomUUID(), policy, this.#clock);
    this.#logs.delete(channel); // moved to the end: the first is the least recently used
    this.#logs.set(channel, log);
    if (this.#logs.size > this.#maxChannels)
      for (const oldest of this.#logs.keys()) {
        this.#logs.delete(oldest);
        break;
      }
    return log;
  }
}
