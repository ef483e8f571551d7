import type { WireError } from "@repo/core-realtime";

/** Where the connection stands. */
export type ConnectionState =
  /** No connection was requested, or `disconnect()` was called. */
  | { readonly status: "idle"; readonly error?: undefined }
  /** The token is requested, the transport opens, or gate 1 runs. */
  | ConnectingState
  | ConnectedState
  | WaitingState
  /** The server closed with 45xx: only `connect()` or a new token ends this. Everything pending was rejected with the reason. */
  | { readonly status: "stopped"; readonly error?: WireError | undefined };

/** An attempt is under way. */
export interface ConnectingState {
  readonly status: "connecting";
  /** Failed attempts before this one. */
  readonly attempt: number;
  /** Why the server refused or ended the attempt before this one, where it did. */
  readonly error?: WireError | undefined;
}

/** Gate 1 was passed. */
export interface ConnectedState {
  readonly status: "connected";
  /** The server's id of this connection. */
  readonly connectionId: string;
  /** Null for an anonymous visitor. */
  readonly userId: string | null;
  /** Failed attempts before this one, forgotten once the connection has proved stable. */
  readonly attempt: number;
  /** When it was made, by a clock that never jumps. */
  readonly madeAt: number;
  /** The server is stopping: the client connects again after a random part of this. */
  readonly windowMs?: number;
  readonly error?: undefined;
}

/** The link broke; a further attempt comes by itself. */
export interface WaitingState {
  readonly status: "waiting";
  /** Failed attempts so far. */
  readonly attempt: number;
  /** The reason, where the server sent it. Where it requires a new sign-in (`retry: "refresh"`), the token provider is called before the next attempt. */
  readonly error?: WireError | undefined;
  /** The server allows no attempt before then; the same clock as `madeAt`. */
  readonly notBefore?: number | undefined;
}
