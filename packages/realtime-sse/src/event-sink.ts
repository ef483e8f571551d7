/** Where a stream's bytes go: Node's response, or the body of a fetch Response. Never throws, open or not. */
export interface EventSink {
  /** Bytes that it holds because the peer has not taken them. */
  readonly waitingBytes: number;
  /** The peer takes no more for now; `onDrain` follows when it does. */
  readonly isBlocked: boolean;
  write(bytes: Uint8Array): void;
  /** No more will be written; what it holds may still leave. */
  end(): void;
  /** Ends at once, and drops what it holds. */
  destroy(): void;
  /** Calls from now on: when there is room again, and once, when the peer is gone or has all. */
  listen(listener: EventSinkListener): void;
}

export interface EventSinkListener {
  onDrain(): void;
  onGone(): void;
}
