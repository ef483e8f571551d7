import type { ChannelAddress } from "../channel/channel-address.js";
import type { RealtimeHandshake } from "./handshake.js";
import type { RealtimeUser } from "./realtime-user.js";

/** Who asks a guard. `connectionId` is the key for whatever a guard remembers. */
export interface GuardSubject {
  readonly connectionId: string;
  readonly user: RealtimeUser | null;
  readonly handshake: RealtimeHandshake;
}

/** Gate 2 asks. `subscriptions` counts what the connection already has. */
export interface SubscribeRequest extends GuardSubject {
  readonly address: ChannelAddress;
  readonly subscriptions: number;
}

/** Gate 3 asks, after the schema: `payload` is what the handler would get. */
export interface MessageRequest extends GuardSubject {
  readonly address: ChannelAddress;
  readonly event: string;
  readonly payload: unknown;
}

/**
 * Seam 2: any reason to say no? A guard may only narrow.
 * MUST throw a `RealtimeError` to refuse, and return to let the next one decide.
 * MUST NOT change what it is shown. Any other throw refuses too, with INTERNAL_ERROR.
 */
export interface IRealtimeGuard {
  /** Gate 1, after the authenticator. */
  connect?(subject: GuardSubject): Promise<void> | void;
  /** Gate 2, after `authorize`; again at every restore and identity change. */
  subscribe?(request: SubscribeRequest): Promise<void> | void;
  /** Gate 3, before the payload is looked at: for limits that must be cheap. */
  arrive?(subject: GuardSubject): void;
  /** Gate 3, after the schema. */
  message?(request: MessageRequest): Promise<void> | void;
  /** The connection is gone: forget it. */
  forget?(connectionId: string): void;
}
