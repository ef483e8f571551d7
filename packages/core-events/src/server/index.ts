export { InMemoryEventBus, type InMemoryEventBusOptions } from "./in-memory-event-bus";
export type { ListenerFailure } from "./listener-failure";
