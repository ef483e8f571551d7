import type { RealtimeEnvelope, SubscribeFrame, WireError } from "@repo/core-realtime";
import type { ClientClock } from "../browser-clock.js";
import type { Connection } from "../connection/create-connection.js";
import type { ListenerSet } from "../listeners.js";
import type { RealtimeRefusal } from "../realtime-refusal.js";
import type { ChannelListener } from "./channel-listener.js";
import type { ChannelState } from "./channel-state.js";
import type { AttachOptions } from "./join-options.js";

/** The dependencies of a subscription. */
export interface SubscriptionDeps {
  readonly connection: Pick<Connection, "link">;
  readonly clock: ClientClock;
  readonly random: () => number;
  readonly onRefused: (channel: string, error: RealtimeRefusal) => void;
  /** Subscribes again on the same connection; what is published meanwhile waits for that. */
  readonly onSent: () => void;
  readonly onError: (cause: unknown) => void;
}

/** One channel of this client, for all its listeners: what has arrived, in order and once, and what is missing. */
export interface Subscription {
  readonly state: ChannelState;
  readonly listeners: ListenerSet<ChannelListener>;
  /** A subscribe was sent on this connection and is not refused: a message that is sent now arrives after it. */
  readonly isSent: boolean;
  /** The frame that `attach` sends. */
  readonly request: () => SubscribeFrame;
  /** A listener was added: subscribes with its `ask`, if any. Throws where listeners are there with another. Returns the undo. */
  readonly useAsk: (options: AttachOptions) => () => void;
  /** Subscribes at the server, on a new connection or to repair a hole. */
  readonly attach: () => void;
  /** A further listener was added: subscribes again where it was refused, but not before the server's own time for a retry. */
  readonly retry: () => void;
  /** The connection has gone; the next one attaches again. */
  readonly detach: () => void;
  /** The connection has gone, and none will come by itself. */
  readonly stop: (error: RealtimeRefusal) => void;
  readonly receive: (envelope: RealtimeEnvelope) => void;
  /** The server has ended it. */
  readonly left: (error: WireError) => void;
}
