import { randomUUID } from "node:crypto";
import type { HistoryPolicy } from "../channel-policies.js";
import type { Clock } from "../clock.js";
import type { HistoryEntry, HistoryPage, HistoryQuery, HistoryReceipt, IRealtimeHistory } from "../realtime-history.js";
import { ChannelLog } from "./channel-log.js";
import { systemClock } from "./system-clock.js";

export interface InMemoryHistoryOptions {
  /** Channels kept at once; the least recently used is forgotten, and begins a new epoch. Default 10 000. */
  readonly maxChannels?: number;
  /** Memory for all channels together, about; the least recently used are forgotten first. Default 256 MiB. */
  readonly maxBytes?: number;
  readonly clock?: Clock;
}

/** History in this process: ordered, recoverable, and gone with the process. */
export class InMemoryHistory implements IRealtimeHistory {
  readonly #logs = new Map<string, ChannelLog>();
  readonly #maxChannels: number;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  #bytes = 0;
  #fresh = randomUUID(); // the epoch of all channels that nobody has spoken on since one was last forgotten

  constructor({ maxChannels = 10_000, maxBytes = 256 * 1024 ** 2, clock = systemClock }: InMemoryHistoryOptions = {}) {
    this.#maxChannels = maxChannels;
    this.#maxBytes = maxBytes;
    this.#clock = clock;
  }

  append(entry: HistoryEntry): HistoryReceipt {
    const log = this.#logOf(entry.envelope.channel, entry.policy);
    const receipt = this.#weighed(log, () => log.append(entry));
    while (this.#bytes > this.#maxBytes && this.#logs.size > 1) this.#forgetOldest();
    if (this.#bytes > this.#maxBytes) this.#weighed(log, () => log.shrink(this.#maxBytes));
    return receipt;
  }

  read(channel: string, query: HistoryQuery, policy: HistoryPolicy): HistoryPage {
    const log = this.#logs.get(channel);
    if (!log) return new ChannelLog(this.#fresh, policy, this.#clock).read(query); // not kept: asking makes it forget nothing
    this.#touch(channel, log);
    return this.#weighed(log, () => log.read(query));
  }

  close(): void {
    this.#logs.clear();
    this.#bytes = 0;
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
    for (const [channel, log] of this.#logs) {
      this.#logs.delete(channel);
      this.#bytes -= log.bytes;
      break;
    }
    this.#fresh = randomUUID();
  }

  /** Does something to a log, and counts what that changed. */
  #weighed<Result>(log: ChannelLog, run: () => Result): Result {
    this.#bytes -= log.bytes;
    try {
      return run();
    } finally {
      this.#bytes += log.bytes;
    }
  }
}
