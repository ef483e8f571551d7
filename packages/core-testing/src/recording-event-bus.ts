import type { EventDefinition, EventInput, EventListener, EventOccurrence, IEventBus } from "@repo/core-events";
import { InMemoryEventBus, type InMemoryEventBusOptions, type ListenerFailure } from "@repo/core-events/server";

/** What was published, as a test compares it. */
export interface PublishedEvent {
  /** The event's name. */
  readonly name: string;
  /** As the schema gives it to a listener. */
  readonly payload: unknown;
}

/**
 * Keeps what was published and delivers it to its subscribers: the real bus, with a memory. A payload that does not fit is refused.
 * @example expect(bus.published).toEqual([{ name: "order.shipped", payload: { orderId: "7" } }]);
 */
export class RecordingEventBus implements IEventBus {
  readonly #occurrences: EventOccurrence[] = [];
  readonly #failures: ListenerFailure[] = [];
  readonly #received = new Set<string>();
  readonly #bus: InMemoryEventBus;

  /** `onError` receives the failures of listeners too, which are kept as well. */
  constructor({ onError }: Partial<Pick<InMemoryEventBusOptions, "onError">> = {}) {
    this.#bus = new InMemoryEventBus({
      onError: (failure) => {
        this.#failures.push(failure);
        onError?.(failure);
      },
    });
  }

  /** All that was published, oldest first: name and payload, and nothing else. */
  get published(): readonly PublishedEvent[] {
    return this.#occurrences.map(({ name, payload }) => ({ name, payload }));
  }

  /** The same with id and time. */
  get occurrences(): readonly EventOccurrence[] {
    return this.#occurrences;
  }

  /** What subscribers threw. */
  get failures(): readonly ListenerFailure[] {
    return this.#failures;
  }

  async publish<Event extends EventDefinition>(event: Event, payload: EventInput<Event>): Promise<void> {
    if (!this.#received.has(event.name))
      this.#bus.subscribe(event, (occurrence) => void this.#occurrences.push(occurrence));
    this.#received.add(event.name);
    return this.#bus.publish(event, payload);
  }

  subscribe<Event extends EventDefinition>(event: Event, listener: EventListener<Event>): () => void {
    return this.#bus.subscribe(event, listener);
  }
}
