/** Where a message stands in its channel's history: `offset` counts up by one within an `epoch`. */
export interface RealtimePosition {
  /** The life of the history: offsets of different epochs cannot be compared. */
  readonly epoch: string;
  /** The number within the epoch; each message has the next one. */
  readonly offset: number;
}

/** The sender. Set by the server; no client can forge it. A user without an id is an anonymous visitor. */
export type RealtimeSender = { readonly type: "system" } | { readonly type: "user"; readonly id?: string | undefined };

/** One message of a channel as every subscriber receives it. All but `payload` is set by the server. */
export interface RealtimeEnvelope {
  /** A UUID. */
  readonly id: string;
  /** The concrete channel name. */
  readonly channel: string;
  /** The event; `"message"` where the channel has one schema. */
  readonly event: string;
  /** What was published, as the channel's schema describes it. */
  readonly payload: unknown;
  /** Milliseconds since 1970, by the clock of the node that broadcast it. */
  readonly at: number;
  /** Who has sent it. */
  readonly sender: RealtimeSender;
  /** Only on channels with history. */
  readonly position?: RealtimePosition | undefined;
  /** A W3C `traceparent`, where the app traces. */
  readonly trace?: string | undefined;
}
