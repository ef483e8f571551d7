import type { HistoryPolicy } from "../../channel/channel-policies.js";
import type { ChannelLog } from "./channel-log.js";

/** The logs of one description's channels, the least recently used first. */
export class LogTable {
  readonly policy: HistoryPolicy;
  readonly #logs = new Map<string, ChannelLog>();
  #bytes = 0;

  constructor(policy: HistoryPolicy) {
    this.policy = policy;
  }

  get channels(): number {
    return this.#logs.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(channel: string): ChannelLog | undefined {
    return this.#logs.get(channel);
  }

  /** Runs a change of a log, which becomes the most recently used, and updates the byte count. */
  use<Result>(channel: string, log: ChannelLog, run: () => Result): Result {
    this.#logs.delete(channel);
    this.#logs.set(channel, log);
    this.#bytes -= log.bytes;
    try {
      return run();
    } finally {
      this.#bytes += log.bytes;
    }
  }

  /** Drops so many bytes of the oldest messages of the least recently used. */
  shrink(bytes: number): void {
    for (const [channel, log] of this.#logs) return this.use(channel, log, () => log.shrink(log.bytes - bytes));
  }

  /** Drops the least recently used; returns its channel. */
  forgetOldest(): string | undefined {
    for (const [channel, log] of this.#logs) {
      this.#logs.delete(channel);
      this.#bytes -= log.bytes;
      return channel;
    }
    return undefined;
  }
}
