import type { ChangeBatch, ChangeConsumer } from "./row-change.js";
import type { Snapshot } from "./snapshot.js";

/** The consumers of a feed: all are called with each batch, at the same time, and waited for. One that fails disturbs no other. */
export class ConsumerTable {
  readonly #consumers = new Set<{ readonly consumer: ChangeConsumer }>();
  readonly #onError: (cause: unknown) => void;
  #isStale = false;

  constructor(onError: (cause: unknown) => void) {
    this.#onError = onError;
  }

  /** Returns the undo. */
  add(consumer: ChangeConsumer): () => void {
    const entry = { consumer };
    this.#consumers.add(entry);
    if (this.#isStale) this.#callStale(consumer, true);
    return () => void this.#consumers.delete(entry);
  }

  /** A consumer that rejects has missed these changes: it reads everything again. */
  async changed(batch: ChangeBatch): Promise<void> {
    await this.#each(async (consumer) => {
      try {
        await consumer.onChanges(batch);
      } catch (cause) {
        this.#onError(cause);
        await consumer.onLost(batch.snapshot);
      }
    });
  }

  async lost(snapshot: Snapshot): Promise<void> {
    await this.#each(async (consumer) => consumer.onLost(snapshot));
  }

  stale(isStale: boolean): void {
    if (isStale === this.#isStale) return;
    this.#isStale = isStale;
    for (const { consumer } of [...this.#consumers]) this.#callStale(consumer, isStale);
  }

  async #each(call: (consumer: ChangeConsumer) => Promise<void>): Promise<void> {
    const calls = [...this.#consumers].map(async ({ consumer }) => call(consumer).catch(this.#onError));
    await Promise.all(calls);
  }

  #callStale(consumer: ChangeConsumer, isStale: boolean): void {
    try {
      consumer.onStale?.(isStale);
    } catch (cause) {
      this.#onError(cause);
    }
  }
}
