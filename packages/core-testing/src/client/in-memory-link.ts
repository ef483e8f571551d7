import type { RealtimeHandshake, ServerFrame } from "@repo/core-realtime";
import type { InMemoryRealtimeServer } from "@repo/core-realtime/server";
import type { LinkEvents, RawLink } from "./link";

/** A link to the transport without a network; throws where a network would respond 403. */
export function connectInMemory(
  server: InMemoryRealtimeServer,
  handshake: Partial<RealtimeHandshake>,
  events: LinkEvents,
): RawLink {
  let unread: ServerFrame[] | undefined;
  const onFrame = (frame: ServerFrame) => (unread ? void unread.push(frame) : events.onFrame(frame));
  const client = server.connect({ onFrame, onClose: () => events.onClose() }, handshake);
  return {
    send: (frame) => client.send(frame),
    sendText: (text) => client.send(text),
    sendBytes: (bytes) => client.send(bytes),
    close: () => client.close(),
    abort: () => client.close("cut"),
    pause: () => (unread ??= []),
    resume() {
      const waiting = unread ?? [];
      unread = undefined;
      waiting.forEach((frame) => events.onFrame(frame));
    },
  };
}
