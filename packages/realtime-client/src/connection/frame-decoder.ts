import type { ServerFrame } from "@repo/core-realtime";
import { FrameReader } from "@repo/core-realtime/frame-reader";
import type { IRealtimeTransport, LinkEvents, TransportLink, TransportRequest } from "../realtime-transport.js";

/** Reads the text of one server frame, as a WebSocket or an event stream brings it. */
export function parseFrame(text: string): ServerFrame {
  return JSON.parse(text);
}

/**
 * Opens a link whose frames are decoded: whatever a frame abbreviates by what the link has received before is written out here, and
 * nowhere else.
 */
export function openDecoded(
  transport: IRealtimeTransport,
  request: TransportRequest,
  events: LinkEvents,
): TransportLink {
  const reader = new FrameReader();
  const link = transport.open(request, {
    ...events,
    onFrame(shown) {
      const frame = reader.read(shown);
      if (frame) events.onFrame(frame);
    },
  });
  return {
    send(frame) {
      if (frame.type === "unsubscribe") reader.forget(frame.channel);
      link.send(frame);
    },
    close: () => link.close(),
  };
}
