import type { AsyncLocalStorage } from "node:async_hooks";
import type { EventDefinition } from "../event-definition";
import type { EventListener, EventOccurrence } from "../event-occurrence";
import { Delivery } from "./delivery";
import type { ListenerFailure } from "./listener-failure";

/** What a subscriber needs of its bus. */
export interface SubscriberDeps {
  readonly inside: AsyncLocalStorage<Delivery>;
  readonly onError: (failure: ListenerFailure) => void;
}

/** One listener and its queue: occurrences reach it one at a time, in the order in which they were queued. */
export class Subscriber<Event extends EventDefinition> {
  readonly #listener: EventListener<Event>;
  readonly #deps: SubscriberDeps;
  #line: Promise<unknown> = Promise.resolve();
  #left = false;

  constructor(listener: EventListener<Event>, deps: SubscriberDeps) {
    this.#listener = listener;
    this.#deps = deps;
  }

  leave(): void {
    this.#left = true;
  }

  /** Joins the queue at once; resolves when the listener, and all that was published inside it, has finished. */
  async give(accepted: Promise<EventOccurrence<Event> | undefined>): Promise<void> {
    const delivery = new Delivery();
    const served = this.#line.then(async () => this.#serve(await accepted, delivery));
    this.#line = Promise.allSettled([served]); // a failing report stops the publisher, never the queue
    await served;
    await delivery.settled();
  }

  async #serve(occurrence: EventOccurrence<Event> | undefined, delivery: Delivery): Promise<void> {
    if (!occurrence || this.#left) return;
    try {
      await this.#deps.inside.run(delivery, () => this.#listener(occurrence));
    } catch (cause) {
      this.#deps.onError({ occurrence, cause });
    } finally {
      delivery.end();
    }
  }
}
