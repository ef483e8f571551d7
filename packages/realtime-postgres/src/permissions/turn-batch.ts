/** What a batch does, and how much it may take. */
export interface TurnBatchOptions<Item, Result> {
  /** One result per item, in their order. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Bytes of an item, about. */
  readonly weightOf: (item: Item) => number;
  readonly maxItems: number;
  /** Bytes of one batch; a heavier item is sent alone. */
  readonly maxWeight: number;
  /** Batches at the same time. A slow policy holds its own batch back, and not the next ones. */
  readonly maxRunning: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (cause: unknown) => void;
}

/** Requests that arrive in one turn of the event loop, sent to the database together. */
export class TurnBatch<Item, Result> {
  readonly #options: TurnBatchOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #running = 0;
  #isScheduled = false;

  constructor(options: TurnBatchOptions<Item, Result>) {
    this.#options = options;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled || this.#running >= this.#options.maxRunning || this.#waiting.length === 0) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      while (this.#waiting.length > 0 && this.#running < this.#options.maxRunning) void this.#send(this.#take());
    });
  }

  /** Never rejects. */
  async #send(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    this.#running += 1;
    try {
      const results = await this.#options.run(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result === undefined) reject(new TypeError("A batch returned fewer results than it had items."));
        else resolve(result);
      }
    } catch (cause) {
      for (const { reject } of batch) reject(cause);
    } finally {
      this.#running -= 1;
      this.#schedule();
    }
  }

  #take(): readonly Waiting<Item, Result>[] {
    const { maxItems, maxWeight, weightOf } = this.#options;
    let weight = 0;
    let count = 0;
    for (const { item } of this.#waiting) {
      weight += weightOf(item);
      if (count > 0 && (count === maxItems || weight > maxWeight)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}
