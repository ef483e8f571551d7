/** Where an error arises. `edge` is what happens to a connection as a whole, outside the gates. */
export type ErrorGate = "connect" | "subscribe" | "message" | "broadcast" | "edge";

/** `never`: the same request will be refused again. `later`: wait, then try again. `refresh`: renew the identity first. */
export type Retry = "never" | "later" | "refresh";

interface ErrorRow {
  readonly gate: ErrorGate;
  /** 41xx: come back, with jitter; 45xx: stay away; null: the connection stays open. */
  readonly closeCode: number | null;
  readonly retry: Retry;
  readonly sentence: string;
}

/** The one table of refusals. `docs/errors.md` is generated from it. */
export const ERROR_CODES = {
  // gate 1
  UNAUTHENTICATED: row("connect", 4501, "refresh", "The credentials were refused; sign in again."),
  ORIGIN_REFUSED: row("connect", 4503, "never", "Pages of this origin may not connect here."),
  HANDSHAKE_INVALID: row("connect", 4504, "never", "The handshake was malformed or too large."),
  PROTOCOL_UNSUPPORTED: row("connect", 4505, "never", "This server does not support that protocol version."),
  CONNECT_REFUSED: row("connect", 4506, "never", "The server refused this connection."),
  ADDRESS_REFUSED: row(
    "connect",
    4512,
    "later",
    "Too many violations from this address; wait before you connect again.",
  ),
  HANDSHAKE_TIMEOUT: row("connect", 4108, "later", "The identity could not be checked in time."),
  TOO_MANY_CONNECTIONS: row("connect", 4114, "later", "Too many connections are open; connect again later."),
  DRAINING: row("connect", 4100, "later", "The server is restarting; connect again in a moment."),
  // gate 2
  CHANNEL_UNKNOWN: row("subscribe", null, "never", "There is no such channel."),
  UNAUTHORIZED: row("subscribe", null, "never", "You may not use this channel."),
  TOO_MANY_SUBSCRIPTIONS: row("subscribe", null, "never", "This connection has reached its limit of subscriptions."),
  CHANNEL_DISABLED: row("subscribe", null, "later", "The channel was removed."),
  GAP: row("subscribe", null, "later", "Messages were lost and cannot be recovered; subscribe again."),
  UNSUBSCRIBED: row("subscribe", null, "never", "The subscription was ended before it began."),
  OPENING_TOO_LARGE: row("subscribe", null, "never", "The channel's opening is larger than one frame may be."),
  ISOLATED: row("edge", 4115, "later", "This server was cut off from the other nodes; connect again and recover."),
  RECOVERY_LIMITED: row("subscribe", null, "later", "Too much was recovered in a short time; subscribe again later."),
  REVOKED: row("subscribe", null, "later", "Your access to this channel was revoked."),
  // gate 3
  FRAME_INVALID: row("message", null, "never", "The frame is not part of the protocol."),
  NOT_SUBSCRIBED: row("message", null, "never", "Subscribe to the channel first."),
  INBOUND_REFUSED: row("message", null, "never", "This channel accepts no such message."),
  PAYLOAD_INVALID: row("message", null, "never", "The payload does not fit the channel's schema."),
  RATE_LIMITED: row("message", null, "later", "Too many messages; slow down."),
  OVERLOADED: row("message", null, "later", "Too many frames of this connection are waiting."),
  REPLY_TOO_LARGE: row("message", null, "never", "The reply is larger than one frame may be."),
  REFUSED: row("message", null, "never", "The message was refused."),
  HANDLER_FAILED: row("message", null, "later", "The server failed to process this message."),
  HANDLER_TIMEOUT: row("message", null, "later", "The server did not reply to this message in time."),
  // gate 4
  BROADCAST_INVALID: row("broadcast", null, "never", "The broadcast does not fit its channel."),
  // the connection as a whole
  SLOW_CONSUMER: row("edge", 4110, "later", "The connection read too slowly; connect again and recover."),
  HEARTBEAT_LOST: row("edge", 4111, "later", "No heartbeat arrived in time."),
  IDLE: row("edge", 4112, "later", "The connection sent no frame in time."),
  TRANSPORT_LOST: row("edge", 4113, "later", "The transport's connection was lost."),
  FRAME_TOO_LARGE: row("edge", 4510, "never", "A frame was larger than the server accepts."),
  TOO_MANY_EARLY_FRAMES: row("edge", 4511, "never", "Too many frames before the identity was checked."),
  SESSION_EXPIRED: row("edge", 4520, "refresh", "The session has expired; sign in again."),
  EXPELLED: row("edge", 4521, "refresh", "The session was ended; sign in again."),
  ABUSE: row("edge", 4530, "later", "Too many violations; the connection was closed."),
  INTERNAL_ERROR: row("edge", 4190, "later", "An internal error occurred on the server."),
} as const satisfies Readonly<Record<string, ErrorRow>>;

/** A code of the table. */
export type RealtimeErrorCode = keyof typeof ERROR_CODES;

// eslint-disable-next-line max-params -- a table reads as a table
function row<const Code extends number | null>(gate: ErrorGate, closeCode: Code, retry: Retry, sentence: string) {
  return { gate, closeCode, retry, sentence } as const;
}
