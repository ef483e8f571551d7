import type { Numbers } from "./cluster-message.js";

/** The numbers that a node gave its own envelopes, per shard. */
export class PublishedNumbers {
  readonly #last = new Map<number, { number: number; at: number }>();

  next(shard: number, now: number): number {
    const last = this.#last.get(shard);
    if (!last) {
      this.#last.set(shard, { number: 1, at: now });
      return 1;
    }
    last.at = now;
    return (last.number += 1);
  }

  /** Of these shards, 0 where nothing was published. */
  of(shards: readonly number[]): Numbers {
    return Object.fromEntries(shards.map((shard) => [shard, this.#last.get(shard)?.number ?? 0]));
  }

  /** Of the shards that were published to since then. */
  since(time: number): Numbers {
    return Object.fromEntries(
      [...this.#last].flatMap(([shard, { number, at }]) => (at >= time ? [[shard, number]] : [])),
    );
  }

  /** The node begins anew, under a new name. */
  clear(): void {
    this.#last.clear();
  }
}
