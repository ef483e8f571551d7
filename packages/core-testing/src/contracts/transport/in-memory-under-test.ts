import { InMemoryRealtimeServer } from "@repo/core-realtime/server";
import type { ServerFrame } from "@repo/core-realtime";
import type { LinkEvents, RawLink } from "../../player/link";
import type { ConnectOptions, TransportUnderTest } from "./transport-under-test";

const HOST = "memory.test";

/** The transport without a network, as the contract meets it. */
export function makeInMemoryUnderTest(): TransportUnderTest {
  const server = new InMemoryRealtimeServer();
  return {
    lacks: ["slow-reader"],
    async serve(realtime) {
      await realtime.serve(server);
      return `http://${HOST}`;
    },
    async connect({ headers, token }, events) {
      return connect(server, { headers: { host: HOST, ...headers }, ...(token !== undefined && { token }) }, events);
    },
    close: async () => undefined,
  };
}

function connect(server: InMemoryRealtimeServer, options: ConnectOptions, events: LinkEvents): RawLink {
  let unread: ServerFrame[] | undefined;
  const onFrame = (frame: ServerFrame) => (unread ? void unread.push(frame) : events.onFrame(frame));
  const client = server.connect({ onFrame, onClose: () => events.onClose() }, options);
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
