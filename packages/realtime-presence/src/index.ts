export { createPresence, type Presence } from "./create-presence.js";
export { definePresenceChannel, type PresenceChannel } from "./define-presence-channel.js";
export { InMemoryPresenceStore } from "./in-memory-presence-store.js";
export type { JoinRateOptions } from "./join-rate.js";
export { DEFAULT_BOUNDS, type PresenceBounds, type ReachedBound } from "./presence-bounds.js";
export type { PresenceChange, PresenceList, PresenceMember, PresencePage } from "./presence-member.js";
export type { PresenceHost, PresenceOptions } from "./presence-options.js";
export type { PresenceEvents, PresenceInbound } from "./presence-schemas.js";
export type {
  IPresenceStore,
  PresenceCount,
  PresenceQuery,
  ReapedMember,
  StoreBounds,
  StoredMember,
} from "./presence-store.js";
