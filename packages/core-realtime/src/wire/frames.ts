import type { RealtimeEnvelope, RealtimePosition } from "./envelope.js";
import type { RealtimeErrorCode, Retry } from "./error-codes.js";

/** The version of these frames, `PROTOCOL.md` in types. A test holds that they do not change without it. */
export const PROTOCOL_VERSION = 2;

/** The WebSocket sub-protocol that carries this version. */
export const SUBPROTOCOL = `fourgate.v${PROTOCOL_VERSION}`;

/** Every frame that a client may send. `id` is chosen by the client, at most 64 characters, echoed in the reply. */
export type ClientFrame = SubscribeFrame | UnsubscribeFrame | MessageFrame | RefreshFrame | PingFrame;

/** A request to join a channel. */
export interface SubscribeFrame {
  readonly type: "subscribe";
  /** The id of the reply. */
  readonly id?: string | undefined;
  /** The concrete name. */
  readonly channel: string;
  /** Recover everything after this position. */
  readonly since?: RealtimePosition | undefined;
  /** On a first attach: the last n messages, 1 to 100. */
  readonly rewind?: number | undefined;
  /** State-like channels: the latest message is enough, on attach and on recovery. */
  readonly latest?: boolean | undefined;
  /** The argument of a subscribe; validated by the channel's `ask` schema, shown to guards and to the opening. */
  readonly ask?: unknown;
}

/** A request to leave a channel. */
export interface UnsubscribeFrame {
  readonly type: "unsubscribe";
  /** The id of the reply. */
  readonly id?: string | undefined;
  /** The concrete name. */
  readonly channel: string;
}

/** A client message to a channel's handler; a repeated `id` gets the first reply again. */
export interface MessageFrame {
  readonly type: "message";
  /** The id of the reply; a repeat of it does not run again. */
  readonly id?: string | undefined;
  /** The concrete name. */
  readonly channel: string;
  /** Default `"message"`. */
  readonly event?: string | undefined;
  /** What the handler receives, once its schema has read it. */
  readonly payload?: unknown;
}

/** A new identity on the same connection: by a new token, or by the handshake's cookie read again. */
export interface RefreshFrame {
  readonly type: "refresh";
  /** The id of the reply. */
  readonly id?: string | undefined;
  /** The new token; left out where cookies identify the user. */
  readonly token?: string | undefined;
}

/** Replied to with `pong` at once; for clients that cannot see a transport's own pings. */
export interface PingFrame {
  readonly type: "ping";
}

/** Every frame that the server may send. */
export type ServerFrame =
  | ConnectedFrame
  | ReplyFrame
  | EnvelopeFrame
  | LeftFrame
  | ExpiringFrame
  | DrainingFrame
  | ErrorFrame
  | CloseFrame
  | PongFrame;

/** Gate 1 was passed. */
export interface ConnectedFrame {
  readonly type: "connected";
  /** The version of the wire that the server uses. */
  readonly protocol: number;
  /** The server's id of this connection. */
  readonly connectionId: string;
  /** Null for an anonymous visitor. */
  readonly userId: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number | undefined;
  /** The server sends something at least this often; silence of `pingMs + 8 s` means a dead link. */
  readonly pingMs: number;
}

/** The reply to the frame with this `id`. */
export type ReplyFrame =
  | { readonly type: "reply"; readonly id?: string | undefined; readonly ok: true; readonly result?: unknown }
  | { readonly type: "reply"; readonly id?: string | undefined; readonly ok: false; readonly error: WireError };

/** The `result` of a reply to `subscribe`. */
export interface SubscribeResult {
  /** The concrete name. */
  readonly channel: string;
  /** The channel's number in the message frames of this connection; the same for all connections of a node. */
  readonly number: number;
  /** Where the history stood after joining; only on channels with history. */
  readonly position?: RealtimePosition | undefined;
  /** Only where `since` was sent: true with the whole gap in `messages`, false with none of it. */
  readonly recovered?: boolean | undefined;
  /** What was missed, or the rewound, oldest first. */
  readonly messages?: readonly RealtimeEnvelope[] | undefined;
  /** What a new subscriber receives, where the channel has an opening. */
  readonly opening?: unknown;
}

/** A message frame: an envelope, written out. */
export type EnvelopeFrame = { readonly type: "message" } & RealtimeEnvelope;

/** The subscription ended without an `unsubscribe`: the lease expired, or a right was revoked. */
export interface LeftFrame {
  readonly type: "left";
  /** The concrete name. */
  readonly channel: string;
  /** Why the subscription has ended. */
  readonly error: WireError;
}

/** The lease ends soon; a `refresh` renews it. */
export interface ExpiringFrame {
  readonly type: "expiring";
  /** When the session ends, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The server goes away; come back at a random moment within `windowMs`. */
export interface DrainingFrame {
  readonly type: "draining";
  /** Connect again after a random part of this time. */
  readonly windowMs: number;
}

/** A refusal of a frame that carried no usable `id`. */
export interface ErrorFrame {
  readonly type: "error";
  /** The refusal. */
  readonly error: WireError;
}

/** The last frame before the transport closes; 41xx: come back, with jitter; 45xx: stay away. */
export interface CloseFrame {
  readonly type: "close";
  /** The close code of the table. */
  readonly closeCode: number;
  /** Why the connection is closed. */
  readonly error: WireError;
}

/** The reply to a ping. */
export interface PongFrame {
  readonly type: "pong";
}

/** An error as a client sees it: never a cause. */
export interface WireError {
  /** The code of the table. */
  readonly code: RealtimeErrorCode;
  /** The sentence of the code, with its detail. */
  readonly message: string;
  /** Whether, and when, the same request makes sense again. */
  readonly retry: Retry;
  /** What belongs to this case; `message` has it too, behind the code's own sentence. */
  readonly detail?: string | undefined;
  /** Not before so many ms have passed. */
  readonly retryAfterMs?: number | undefined;
  /** The app's own code, one of the channel's `errors`; only with `REFUSED`. */
  readonly reason?: string | undefined;
  /** What belongs to `reason`, as its schema describes it. */
  readonly data?: unknown;
}
