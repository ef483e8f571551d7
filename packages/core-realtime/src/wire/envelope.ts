/** Where a message stands in its channel's history: `offset` counts up by one within an `epoch`. */
export interface RealtimePosition {
  readonly epoch: string;
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
  readonly event: string;
  readonly payload: unknown;
  /** Milliseconds since 1970, by the clock of the node that broadcast it. */
  readonly at: number;
  readonly sender: RealtimeSender;
  /** Only on channels with history. */
  readonly position?: RealtimePosition | undefined;
  /** A W3C `traceparent`, where the app traces. */
  readonly trace?: string | undefined;
}
