import type { IRealtimeHistory, IRealtimeServer } from "@repo/core-realtime";
import type { IPresenceStore } from "@repo/realtime-presence";

/** What a test breaks on every node, to see that the checker finds it. */
export interface Sabotage {
  readonly history?: () => IRealtimeHistory;
  readonly transport?: (original: IRealtimeServer) => IRealtimeServer;
  /** Client messages are published as often as they come. */
  readonly forgetsIds?: boolean;
  readonly presenceStore?: () => IPresenceStore;
  /** A client that has passed gate 2 may watch the members, for as long as it likes. */
  readonly showsMembersToAll?: boolean;
}
