import type { IRealtimeHistory, IRealtimeServer } from "@repo/core-realtime";
import type { IPresenceStore } from "@repo/realtime-presence";

/** What a test breaks on every node, to see the laws notice it. */
export interface Sabotage {
  readonly history?: () => IRealtimeHistory;
  readonly transport?: (honest: IRealtimeServer) => IRealtimeServer;
  /** Client messages are published as often as they come. */
  readonly forgetsIds?: boolean;
  readonly presenceStore?: () => IPresenceStore;
  /** Whoever passes gate 2 may watch who is there, and for as long as they like. */
  readonly showsMembersToAll?: boolean;
}
