import type { EventDefinition, EventPayload } from "./event-definition";

/** One thing that happened: published once, passed to every subscriber. */
export interface EventOccurrence<Event extends EventDefinition = EventDefinition> {
  /** The name of its definition. */
  readonly name: Event["name"];
  /** Unique per publish; a subscriber may use it as its idempotency key. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The output of the event's schema. */
  readonly payload: EventPayload<Event>;
}

/** A subscriber. The bus waits for a returned promise before it delivers the next occurrence. */
export type EventListener<Event extends EventDefinition = EventDefinition> = (
  occurrence: EventOccurrence<Event>,
) => void | Promise<void>;
