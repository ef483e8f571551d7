import type { ChannelAddress } from "../channel/channel-address.js";
import type { RealtimeHandshake } from "./handshake.js";
import type { RealtimeUser } from "./realtime-user.js";

/** Whose request it is. `connectionId` is the key for whatever a guard remembers. */
export interface GuardSubject {
  /** The server's id of the connection. */
  readonly connectionId: string;
  /** The user; null for an anonymous visitor. */
  readonly user: RealtimeUser | null;
  /** The facts that the transport has about the client. */
  readonly handshake: RealtimeHandshake;
}

/** A subscribe at gate 2. `subscriptions` counts what the connection has already, those in progress included. */
export interface SubscribeRequest extends GuardSubject {
  /** The channel. */
  readonly address: ChannelAddress;
  /** What the subscriber passed, read by the channel's `ask` schema. */
  readonly ask?: unknown;
  /** How many other channels this connection is subscribed to. */
  readonly subscriptions: number;
  /** True where `recheck` checks an open subscription again, of the same user. A guard that cannot decide may leave it open for a bounded time. */
  readonly isRecheck?: boolean;
}

/** A message at gate 3, after the schema: `payload` is what the handler would receive. */
export interface MessageRequest extends GuardSubject {
  /** The channel. */
  readonly address: ChannelAddress;
  /** The event; `"message"` where the channel has one schema. */
  readonly event: string;
  /** What the client has sent, as its schema has read it. */
  readonly payload: unknown;
}

/**
 * Seam 2: any reason to refuse? A guard may only narrow.
 * MUST throw a `RealtimeError` to refuse, and return to leave the decision to the next one.
 * MUST NOT change what it receives. Any other throw refuses too, with INTERNAL_ERROR.
 * Subscribes that arrive together are checked together: `subscribe` is called for each before any promise is awaited, so that a guard
 * can collect them and query a database once.
 */
export interface IRealtimeGuard {
  /** Shown where a decision is observed; default `"guard"`. */
  readonly name?: string;
  /** Gate 1, after the authenticator. */
  connect?(subject: GuardSubject): Promise<void> | void;
  /** Gate 2, after `authorize`; again at every restore, recheck and identity change. */
  subscribe?(request: SubscribeRequest): Promise<void> | void;
  /** Gate 3, before the payload is looked at: for limits that must be cheap. Synchronous: a promise is refused. */
  arrive?(subject: GuardSubject): void;
  /** Gate 3, after the schema. */
  message?(request: MessageRequest): Promise<void> | void;
  /** The connection is gone: forget it. */
  forget?(connectionId: string): Promise<void> | void;
}
