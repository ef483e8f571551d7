import type { ChannelAddress } from "../channel/channel-address.js";
import type { RealtimeChannel } from "../channel/realtime-channel.js";
import type { IRealtimeAuthenticator } from "../seams/authenticator.seam.js";
import type { IRealtimeBroadcaster } from "../seams/broadcaster.seam.js";
import type { CommandOutcome, IRealtimeBroker } from "../seams/broker.seam.js";
import type { Clock } from "../seams/clock.js";
import type { IRealtimeGuard } from "../seams/guard.seam.js";
import type { IRealtimeHandlerRegistry } from "../seams/handler-registry.seam.js";
import type { IRealtimeHistory } from "../seams/history.seam.js";
import type { IRealtimeObserver, ListedConnection } from "../seams/observer.seam.js";
import type { IReplyStore } from "../seams/reply-store.seam.js";
import type { IRealtimeServer } from "../seams/server.seam.js";
import type { ChannelCensus } from "./delivery/channel-table.js";
import type { RealtimeLimits } from "./limits/limits.js";
import type { AllowedOrigins } from "./limits/origin-policy.js";
import type { RealtimeFailure } from "./log/default-observers.js";
import type { RealtimeLogger } from "./log/log-writer.js";
import type { DrainOptions } from "./session/drain.js";

/** One node of a realtime service. Features use the broadcaster and the registry; the app serves and closes it. */
export interface Realtime {
  /** Where channels and their handlers are registered. */
  readonly registry: IRealtimeHandlerRegistry;
  /** Publishes on channels. */
  readonly broadcaster: IRealtimeBroadcaster;
  /** Accepts a transport's clients; call once per transport. Rejects where the broker cannot be joined. */
  serve(server: IRealtimeServer): Promise<void>;
  /** Ends connections. Resolves when no node will send them one more message; `givenUp` names nodes that are cut off, and deliver nothing. */
  expel(target: ExpelTarget): Promise<CommandOutcome>;
  /** Ends subscriptions. Resolves when no node will send one more message of the channel to them. Throws where the name matches no channel. */
  revoke(target: RevokeTarget): Promise<CommandOutcome>;
  /** Runs gate 2 again for open subscriptions; where it refuses, they end with the reason. */
  recheck(target?: RecheckTarget): Promise<CommandOutcome>;
  /** Runs the authenticator again with the stored handshake, then gate 2: a removed role closes what it had opened. */
  reauthenticate(target: { readonly userId: string }): Promise<CommandOutcome>;
  /**
   * Calls back on this node where any node may have published on the channel, also after a gap: for server code that then reads its own
   * state anew. Call it after `serve`. Returns the undo.
   */
  watch(channel: RealtimeChannel | ChannelAddress, onPublished: () => void): () => void;
  /** The open connections of this node. */
  connections(): readonly ListedConnection[];
  /** The channels with subscribers on this node, by template. */
  census(): readonly ChannelCensus[];
  /** Refuses new connections, announces the end, closes in batches, finishes handlers, ends the transports. */
  close(options?: DrainOptions): Promise<void>;
}

/** What an app decides. Only the authenticator has no default. */
export interface RealtimeOptions {
  /** Identifies the user of a client. */
  readonly authenticator: IRealtimeAuthenticator;
  /** Pages that may connect; default `"same-origin"`. */
  readonly origins?: AllowedOrigins;
  /** Further reasons to refuse, in this order. */
  readonly guards?: readonly IRealtimeGuard[];
  /** Where none of them takes failures, and there is no `logger`, mistakes are written to the console. */
  readonly observers?: readonly IRealtimeObserver[];
  /** Receives whatever fails on the server: what handlers, openings, guards and the authenticator throw. For an error tracker. */
  readonly onError?: (failure: RealtimeFailure) => void;
  /** Takes the log in place of the console; pino's shape. */
  readonly logger?: RealtimeLogger;
  /** What connects the nodes; default: this process alone. */
  readonly broker?: IRealtimeBroker;
  /** Where channels with `history` keep it; default: this process's memory, which promises nothing across a restart. */
  readonly history?: IRealtimeHistory;
  /** Where the nodes share the replies of client messages, so that a repeat on another node does not run again; default: each node has its own. */
  readonly replies?: IReplyStore;
  /** Bounds that differ from the defaults. */
  readonly limits?: Partial<RealtimeLimits>;
  /** Networks of our proxies and balancers, whose addresses are never locked out for abuse; default: private ones that show a forwarding header. */
  readonly proxies?: readonly string[];
  /** The channels; default: an empty `RealtimeHandlerRegistry`. */
  readonly registry?: IRealtimeHandlerRegistry;
  /** The clock; default: the system's. */
  readonly clock?: Clock;
  /** The current W3C `traceparent`, where the app traces. */
  readonly traceparent?: () => string | undefined;
}

/** Which connections to close: all of a user, or those of one sign-in. */
export type ExpelTarget =
  { readonly userId: string; readonly sessionId?: string } | { readonly userId?: string; readonly sessionId: string };

/** A channel: its address, its concrete name, or for all its channels its description or template. */
export type ChannelTarget = RealtimeChannel | ChannelAddress | string;

/** Whose access ends: a user's, one connection's; without either, that of all users. */
export interface RevokeTarget {
  /** Only this user's subscriptions. */
  readonly userId?: string;
  /** Only this connection's subscription. */
  readonly connectionId?: string;
  /** The channel that access ends to. */
  readonly channel: ChannelTarget;
}

/** Whose subscriptions pass gate 2 again; what is left out is not compared. */
export interface RecheckTarget {
  /** Only this user's subscriptions. */
  readonly userId?: string;
  /** Only subscriptions to this channel. */
  readonly channel?: ChannelTarget;
}
