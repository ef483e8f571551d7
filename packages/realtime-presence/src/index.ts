export { createPresence, type Presence, type PresenceHost, type PresenceOptions } from "./create-presence.js";
export { definePresenceChannel, type PresenceChannel } from "./define-presence-channel.js";
export { InMemoryPresenceStore } from "./in-memory-presence-store.js";
export type { PresenceChange, PresenceList, PresenceMember } from "./presence-member.js";
export type { PresenceEvents, PresenceInbound } from "./presence-schemas.js";
export type { IPresenceStore, PresenceCount, ReapedMember, StoredMember } from "./presence-store.js";
