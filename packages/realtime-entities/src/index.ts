export {
  defineEntityChannels,
  type EntityChannels,
  type EntityDescription,
  type EntityScope,
} from "./define-entity-channels.js";
export type { EntityChange } from "./entity-change.js";
export type { EntityEvents, EntityPut, EntityRemoved } from "./entity-events.js";
