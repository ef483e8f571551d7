import type { ServerFrame } from "@repo/core-realtime";

/** A client's end of a transport, with no manners of its own: what it is told to send, it sends. */
export interface RawLink {
  /** Sends a frame the way this transport's own client would. */
  send(frame: object): void;
  /** Sends any text where a frame belongs, byte for byte. */
  sendText(text: string): void;
  /** Sends bytes where a frame belongs; leave out where the transport cannot carry them. */
  sendBytes?(bytes: Uint8Array): void;
  /** Says goodbye as a client does. */
  close(): void;
  /** Cuts the line without a farewell. */
  abort(): void;
  /** Stops reading from the line, so that what the server sends piles up; leave out where that cannot be played. */
  pause?(): void;
  /** Reads on. */
  resume?(): void;
}

/** What the client's end is told. */
export interface LinkEvents {
  /** A frame of the server; a reply that came in a way of its own (an acknowledgement, an HTTP answer) too. */
  onFrame(frame: ServerFrame): void;
  /** The line is gone, with the transport's own close code where it has such a thing. Told once. */
  onClose(closeCode?: number): void;
}
