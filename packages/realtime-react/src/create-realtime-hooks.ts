import type { RealtimeChannel } from "@repo/core-realtime";
import { useChannel } from "./channel/use-channel.js";
import { useOptimisticCollection } from "./collection/use-optimistic-collection.js";
import { usePresence } from "./presence/use-presence.js";
import { RealtimeProvider } from "./realtime-provider.js";
import type { RealtimeHooks } from "./realtime-hooks.js";
import { useConnection } from "./use-connection.js";
import { useEvent } from "./use-event.js";

/**
 * The hooks, typed by an app's or a feature's channels. All of them find the client of the nearest provider.
 * @example
 * export const { RealtimeProvider, useChannel } = createRealtimeHooks<AppChannels>();
 * const { latest, status } = useChannel("orders.{orderId}.status", { orderId });
 */
export function createRealtimeHooks<Channels extends RealtimeChannel = RealtimeChannel>(): RealtimeHooks<Channels> {
  const hooks: unknown = {
    RealtimeProvider,
    useChannel,
    useEvent,
    usePresence,
    useConnection,
    useOptimisticCollection,
  };
  return hooks as RealtimeHooks<Channels>; // the app's list types what goes over the wire
}
