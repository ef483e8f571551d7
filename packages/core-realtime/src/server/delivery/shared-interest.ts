import type { ChannelInterest } from "./channel-table.js";

interface Wanted {
  count: number;
  readonly ready: Promise<void> | void;
}

/** The channels that several parts of a node want from its broker. A channel is unwanted when the last of them has no interest any more. */
export class SharedInterest implements ChannelInterest {
  readonly #interest: ChannelInterest;
  readonly #wanted = new Map<string, Wanted>();

  constructor(interest: ChannelInterest) {
    this.#interest = interest;
  }

  want(channel: string): Promise<void> | void {
    const known = this.#wanted.get(channel);
    if (known) {
      known.count += 1;
      return known.ready;
    }
    const ready = this.#interest.want(channel); // before it is counted: what cannot be wanted is not kept
    this.#wanted.set(channel, { count: 1, ready });
    return ready;
  }

  unwant(channel: string): Promise<void> | void {
    const known = this.#wanted.get(channel);
    if (known && known.count > 1) return void (known.count -= 1);
    this.#wanted.delete(channel);
    return this.#interest.unwant(channel);
  }
}
