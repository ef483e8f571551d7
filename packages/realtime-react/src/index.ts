"use client";

export type { ConnectionState, RealtimeClient, RealtimeRefusal } from "@repo/realtime-client";
export { readEntity, type EntityMessage, type Mutation } from "@repo/realtime-client/optimistic";
export type { PresenceMember, PresentPerson } from "@repo/realtime-client/presence";
export { createRealtimeHooks } from "./create-realtime-hooks.js";
export type { Preloaded } from "./preloaded.js";
export type { PresenceSnapshot } from "./presence/shared-presence.js";
export type {
  EventListeners,
  HookArguments,
  PresenceMetaOutput,
  PresenceMetaInput,
  ParamsOf,
  PresentName,
  RealtimeHooks,
  UseChannelOptions,
  UseCollectionOptions,
  UsedChannel,
  UsedCollection,
} from "./realtime-hooks.js";
export { useRealtime, type RealtimeEventHandlers, type UsedRealtime } from "./use-realtime.js";
export type { ConnectionSnapshot, UsedConnection } from "./use-connection.js";
export type { RealtimeProviderProps } from "./realtime-provider.js";
export { useCount } from "./query/use-count.js";
export { useQuery, useQueryOne, type UsedQuery, type UseQueryOptions } from "./query/use-query.js";
