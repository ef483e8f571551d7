export type {
  CollectionChange,
  Commit,
  CopyState,
  Mutation,
  PendingChange,
  RowReading,
} from "./optimistic/collection-change.js";
export { CopyLoader, type CopyLoaderDeps } from "./optimistic/copy-loader.js";
export { followChannel, type Followed, type FollowOptions } from "./optimistic/follow-channel.js";
export { OptimisticCollection, type CollectionOptions } from "./optimistic/optimistic-collection.js";
export { OptimisticValue, type EchoDetails, type ValueMutation } from "./optimistic/optimistic-value.js";
export { Overlay, type Pending } from "./optimistic/overlay.js";
export { readEntity, type EntityMessage } from "./optimistic/read-entity.js";
export { RowVersions } from "./optimistic/row-versions.js";
