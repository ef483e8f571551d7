"use client";

export { createRealtimeHooks } from "./create-realtime-hooks.js";
export type { Preloaded } from "./preloaded.js";
export type { PresenceSnapshot } from "./presence/shared-presence.js";
export type {
  EventListeners,
  HookArguments,
  MetaHeard,
  MetaSaid,
  ParamsOf,
  PresentName,
  RealtimeHooks,
  UseChannelOptions,
  UseCollectionOptions,
  UsedChannel,
  UsedCollection,
} from "./realtime-hooks.js";
export type { ConnectionSnapshot, UsedConnection } from "./use-connection.js";
export type { RealtimeProviderProps } from "./realtime-provider.js";
