import type { RealtimeEnvelope, RealtimePosition } from "@repo/core-realtime";

/** What a first subscribe requests. */
export interface AttachOptions {
  /** Everything after this position, such as that of data preloaded by a server. */
  readonly since?: RealtimePosition | undefined;
  /** The last n messages, 1 to 100. */
  readonly rewind?: number | undefined;
  /** The last message is the whole state: what lies between is not wanted. */
  readonly latest?: boolean | undefined;
  /**
   * What the channel's `ask` schema reads; for its guards and its opening. A connection has one `ask` for a channel: a listener with
   * another at the same time is refused with a TypeError, one without takes the current one. A function is called at each
   * subscribe, also after a reconnect; functions count as one `ask`.
   */
  readonly ask?: unknown;
}

/** Reads what arrives before any listener receives it; throws where it does not fit. */
export interface ChannelCheck {
  readonly message: (envelope: RealtimeEnvelope) => RealtimeEnvelope;
  readonly opening: (value: unknown) => unknown;
}

/** How the first listener joins a channel. */
export interface JoinOptions extends AttachOptions {
  readonly check?: ChannelCheck | undefined;
}
