import type { Published } from "./torture-node";

/** One delivered message, as a client received it. */
export interface Delivered {
  readonly writer: string;
  readonly n: number;
}

/** What went wrong; all of it must be 0. */
export interface TortureCounts {
  /** Acknowledged, and not delivered to some client. */
  readonly lost: number;
  readonly duplicated: number;
  /** Of one writer in the wrong order, or before a message that had been acknowledged when it was begun. */
  readonly outOfOrder: number;
  /** Rolled back, and delivered all the same. */
  readonly phantoms: number;
  /** Channels that two clients received differently. */
  readonly differing: number;
  /** Gaps that a client received. */
  readonly gaps: number;
}

/** Everything that was published, and the check of what clients received. */
export class Ledger {
  readonly #published = new Map<string, Published>();
  readonly #rolledBack = new Set<string>();

  get acknowledged(): number {
    return this.#published.size;
  }

  published(message: Published): void {
    this.#published.set(keyOf(message), message);
  }

  rolledBack(message: Delivered): void {
    this.#rolledBack.add(keyOf(message));
  }

  /** How many acknowledged messages are missing, over these clients. */
  missing(clients: readonly Received[]): number {
    let missing = 0;
    for (const { channels } of clients) {
      const received = new Set([...channels.values()].flat().map(keyOf));
      for (const key of this.#published.keys()) if (!received.has(key)) missing += 1;
    }
    return missing;
  }

  check(clients: readonly Received[]): TortureCounts {
    let [duplicated, outOfOrder, phantoms, differing, gaps] = [0, 0, 0, 0, 0];
    const [first] = clients;
    for (const { channels, gaps: reported } of clients) {
      gaps += reported;
      for (const [channel, messages] of channels) {
        const keys = messages.map(keyOf);
        duplicated += keys.length - new Set(keys).size;
        phantoms += keys.filter((key) => this.#rolledBack.has(key)).length;
        outOfOrder += this.#outOfOrder(messages);
        if (keys.join() !== (first?.channels.get(channel) ?? []).map(keyOf).join()) differing += 1;
      }
    }
    return { lost: this.missing(clients), duplicated, outOfOrder, phantoms, differing, gaps };
  }

  #outOfOrder(messages: readonly Delivered[]): number {
    const newest = new Map<string, number>();
    let latestBegun = 0;
    let count = 0;
    for (const message of messages) {
      if (message.n <= (newest.get(message.writer) ?? 0)) count += 1;
      newest.set(message.writer, message.n);
      const published = this.#published.get(keyOf(message));
      if (!published) continue; // its commit was not acknowledged, or the acknowledgement died with its process
      if (published.acked < latestBegun) count += 1;
      latestBegun = Math.max(latestBegun, published.begun);
    }
    return count;
  }
}

/** What one client received, by channel, in the order of arrival. */
export interface Received {
  readonly channels: ReadonlyMap<string, readonly Delivered[]>;
  readonly gaps: number;
}

function keyOf({ writer, n }: Delivered): string {
  return `${writer} ${n}`;
}
