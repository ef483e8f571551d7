import type { OverflowPolicy } from "../../channel/channel-policies.js";
import type { OutboundMessage } from "../../seams/server.seam.js";

/** A frame, or several joined, as one transport writes them: a Buffer, or whatever else its sink takes. */
export interface EncodedFrame {
  /** The size on the wire. */
  readonly byteLength: number;
}

/** One frame on its way out, encoded once per transport and shared by every connection that receives it. */
export interface OutboundFrame<E extends EncodedFrame> {
  /** The frame as this transport sends it. */
  readonly encoded: E;
  /** The size that counts against the buffer's bound. */
  readonly bytes: number;
  /** The channel it belongs to; null for the connection's own frames. */
  readonly channel: string | null;
  /** What becomes of it while the reader lags. */
  readonly overflow: OverflowPolicy["kind"];
  /** Of the frames with the same slot, only the latest waits for a reader that lags. Empty unless conflated. */
  readonly slot: string;
}

/** A frame for one connection: a reply, a close frame. */
export function ownFrame<E extends EncodedFrame>(encoded: E): OutboundFrame<E> {
  return { encoded, bytes: encoded.byteLength, channel: null, overflow: "close", slot: "" };
}

/** A frame for one connection of which only the latest matters: a heartbeat. */
export function latestFrame<E extends EncodedFrame>(encoded: E, kind: string): OutboundFrame<E> {
  return { encoded, bytes: encoded.byteLength, channel: null, overflow: "conflate", slot: `\n${kind}` };
}

/** A message for the subscribers of its channel. */
export function messageFrame<E extends EncodedFrame>(encoded: E, message: OutboundMessage): OutboundFrame<E> {
  const { channel, overflow, slot } = message;
  return { encoded, bytes: encoded.byteLength, channel, overflow, slot };
}
