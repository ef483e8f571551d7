import type { ServerFrame } from "@repo/core-realtime";

/** A client's end of a transport, which sends exactly what a test passes. */
export interface RawLink {
  /** Sends a frame the way this transport's own client would. */
  send(frame: object): void;
  /** Sends any text where a frame belongs, byte for byte. */
  sendText(text: string): void;
  /** Sends bytes where a frame belongs; leave out where the transport cannot carry them. */
  sendBytes?(bytes: Uint8Array): void;
  /** Closes as a client does. */
  close(): void;
  /** Cuts the connection without a close frame. */
  abort(): void;
  /** Stops reading, so that what the server sends piles up; leave out where that is impossible. */
  pause?(): void;
  /** Reads on. */
  resume?(): void;
}

/** The events at the client's end. */
export interface LinkEvents {
  /** A frame of the server; a reply that came by another way (an acknowledgement, an HTTP response) too. */
  onFrame(frame: ServerFrame): void;
  /** The connection has ended, with the transport's own close code where it has one. Called once. */
  onClose(closeCode?: number): void;
}
