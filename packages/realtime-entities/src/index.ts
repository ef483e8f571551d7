export { bindEntityEvents, type EntityBridge, type UncarriedEvent } from "./bind-entity-events.js";
export type { UnpublishedChange } from "./change-publisher.js";
export {
  defineEntityChannels,
  type EntityChannels,
  type EntityDescription,
  type EntityScope,
} from "./define-entity-channels.js";
export type { EntityChange } from "./entity-change.js";
export { CONFLICT, entityConflict } from "./entity-conflict.js";
export type { EntityEvents, EntityPut, EntityRemoved } from "./entity-events.js";
export { entityGuard, type EntityGuardOptions } from "./entity.guard.js";
export type {
  EntityRepository,
  EntityRow,
  TransactionalRepository,
  UnitOfWork,
  WithEntityEvents,
} from "./entity-repository.js";
export { withEntityEvents, type EntityEventsOptions } from "./with-entity-events.js";
export type { WriteOptions } from "./write-options.js";
