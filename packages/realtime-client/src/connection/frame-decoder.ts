import type { ServerFrame } from "@repo/core-realtime";
import { FrameReader } from "@repo/core-realtime/frame-reader";

/** Reads the text of one server frame, as a WebSocket or an event stream brings it. */
export function parseFrame(text: string): ServerFrame {
  return JSON.parse(text);
}

/**
 * Makes the decoder of one link: takes frames as the wire brings them, and hands on frames that say everything themselves. Whatever a
 * frame abbreviates by what the link has said before is written out here, and nowhere else.
 */
export function createFrameDecoder(onFrame: (frame: ServerFrame) => void): (frame: ServerFrame) => void {
  const reader = new FrameReader();
  return (shown) => {
    const frame = reader.read(shown);
    if (frame) onFrame(frame);
  };
}
