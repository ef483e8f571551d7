import type { EventDefinition, EventInput } from "./event-definition";
import type { EventListener } from "./event-occurrence";

/**
 * How use cases publish what happened, independent of the listeners.
 *
 * An implementation MUST
 * - check the payload against the event's schema, reject `publish` with a TypeError where it does not fit, and deliver nothing then;
 * - pass a subscriber its occurrences one at a time, in the order of the calls to `publish`;
 * - resolve `publish` once every subscriber has finished. A `publish` inside a listener need not wait: the outermost one does;
 * - report what a listener throws, with its cause, and continue with the other subscribers;
 * - stop at once when a subscription is undone, even while an occurrence is on its way to it.
 *
 * It MUST NOT
 * - reject `publish` because a subscriber failed;
 * - deliver to a subscriber that came after the call to `publish`;
 * - deadlock when a listener publishes, whatever it publishes and whether or not it awaits that.
 */
export interface IEventBus {
  /** Publishes that `event` happened. */
  publish<Event extends EventDefinition>(event: Event, payload: EventInput<Event>): Promise<void>;
  /** Listens to `event`; the returned function undoes it and may be called twice. */
  subscribe<Event extends EventDefinition>(event: Event, listener: EventListener<Event>): () => void;
}
