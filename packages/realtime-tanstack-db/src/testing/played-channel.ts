import type { CollectionChange, Followed } from "@repo/realtime-client/optimistic";

type Listener<Message> = Parameters<Followed<Message>["subscribe"]>[0];

/** A channel that a test plays by hand; its messages are the changes themselves. */
export class PlayedChannel<Row> implements Followed<CollectionChange<Row>> {
  readonly #listeners = new Set<Listener<CollectionChange<Row>>>();

  get isFollowed(): boolean {
    return this.#listeners.size > 0;
  }

  subscribe(listener: Listener<CollectionChange<Row>>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The server has let us in. */
  begin(): void {
    for (const { change } of this.#listeners) change?.({ status: "subscribed" });
  }

  emit(message: CollectionChange<Row>): void {
    for (const listener of this.#listeners) listener.message?.(message);
  }

  gap(): void {
    for (const { gap } of this.#listeners) gap?.();
  }
}
