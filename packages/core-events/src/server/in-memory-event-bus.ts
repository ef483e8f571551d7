import { AsyncLocalStorage } from "node:async_hooks";
import { acceptEvent } from "../accept-event";
import type { IEventBus } from "../event-bus";
import type { EventDefinition, EventInput } from "../event-definition";
import type { EventListener, EventOccurrence } from "../event-occurrence";
import type { Delivery } from "./delivery";
import type { ListenerFailure } from "./listener-failure";
import { Subscriber } from "./subscriber";

/** `onError` receives every failure of a listener; where it throws, `publish` rejects. */
export interface InMemoryEventBusOptions {
  /** A listener threw or rejected; the other listeners are called all the same. */
  readonly onError: (failure: ListenerFailure) => void;
  /** Milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number;
  /** A new unique id; default a UUID. */
  readonly newId?: () => string;
}

// One name has one definition, so a subscriber of that name takes what was accepted under it.
type Recipient = Pick<Subscriber<EventDefinition>, "give">;

/** A bus within one process: nothing is stored, nothing survives a restart. */
export class InMemoryEventBus implements IEventBus {
  readonly #subscribers = new Map<string, Set<Recipient>>();
  readonly #inside = new AsyncLocalStorage<Delivery>();
  readonly #options: Required<InMemoryEventBusOptions>;

  constructor({ onError, now = Date.now, newId = () => crypto.randomUUID() }: InMemoryEventBusOptions) {
    this.#options = { onError, now, newId };
  }

  async publish<Event extends EventDefinition>(event: Event, payload: EventInput<Event>): Promise<void> {
    const outer = this.#inside.getStore();
    const accepted = acceptEvent(event, payload, { id: this.#options.newId(), at: this.#options.now() });
    const finished = this.#give(event.name, accepted);
    const nested = outer?.isRunning ? outer : undefined;
    nested?.adopt(finished);
    await accepted;
    if (!nested) await finished;
  }

  subscribe<Event extends EventDefinition>(event: Event, listener: EventListener<Event>): () => void {
    const { onError } = this.#options;
    const subscriber = new Subscriber(listener, { inside: this.#inside, onError });
    const named = this.#subscribers.get(event.name) ?? new Set<Recipient>();
    this.#subscribers.set(event.name, named.add(subscriber));
    return () => {
      subscriber.leave();
      named.delete(subscriber);
    };
  }

  /** Joins every subscriber's queue within this turn, before the payload is accepted: that keeps the order of the calls. */
  async #give<Event extends EventDefinition>(name: string, accepted: Promise<EventOccurrence<Event>>): Promise<void> {
    const orNothing = accepted.catch(() => undefined); // the publisher receives the refusal of its payload
    await Promise.all([...(this.#subscribers.get(name) ?? [])].map((subscriber) => subscriber.give(orNothing)));
  }
}
