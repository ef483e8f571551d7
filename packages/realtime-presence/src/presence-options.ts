import type { Clock, IRealtimeBroadcaster, IRealtimeHandlerRegistry } from "@repo/core-realtime";
import type { PresenceChannel } from "./define-presence-channel.js";
import type { JoinRateOptions } from "./join-rate.js";
import type { PresenceBounds } from "./presence-bounds.js";
import type { IPresenceStore } from "./presence-store.js";

/** What an app decides. */
export interface PresenceOptions {
  /** Each `definePresenceChannel` of the app. */
  readonly channels: readonly PresenceChannel[];
  /** Default: this process's memory. */
  readonly store?: IPresenceStore;
  /** A closed connection stays a member for so long, so that a reload is no leave and join; default 2 000. */
  readonly graceMs?: number;
  /** Changes of a member within so many milliseconds are published as one, or not at all where they cancel out; default 200. */
  readonly tickMs?: number;
  /** A member's `lastActive` is at most so many milliseconds old; default 10 000. */
  readonly activeMs?: number;
  /** Bytes of meta, members per user and per list; see `DEFAULT_BOUNDS`. */
  readonly bounds?: Partial<PresenceBounds>;
  /** How often one connection may join; beyond, its subscribe is refused with RATE_LIMITED. Default: 1 per second, 30 at once. */
  readonly joinRate?: Partial<JoinRateOptions>;
  /** The time of joins and activity. */
  readonly clock: Clock;
  /** Names this node in the store; new at each start. */
  readonly nodeId: string;
  /** A store or a broadcast failed. */
  readonly onError: (cause: unknown) => void;
}

/** What presence needs of a `Realtime`. */
export interface PresenceHost {
  /** Takes the presence channels. */
  readonly registry: IRealtimeHandlerRegistry;
  /** Publishes who joins and leaves. */
  readonly broadcaster: IRealtimeBroadcaster;
  /** Ends a watcher's subscription when its connection has left the channel. */
  revoke(target: { readonly connectionId: string; readonly channel: string }): Promise<unknown>;
}
