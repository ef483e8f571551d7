export { acceptEvent, type OccurrenceStamp } from "./accept-event";
export type { IEventBus } from "./event-bus";
export { defineEvent, type EventDefinition, type EventInput, type EventPayload } from "./event-definition";
export type { EventListener, EventOccurrence } from "./event-occurrence";
