import { createServer } from "node:http";
import type { HostileInput, RawLink, TransportUnderTest } from "@repo/core-testing/contracts";
import type { EngineTransportName } from "../guarded-engine.js";
import { SocketIORealtimeServer } from "../socket-io-realtime-server.js";
import { hostilePackets } from "./hostile-packets.js";
import { listen, stopListening } from "./listen.js";
import { openSocketIOLink, type SocketIOLink } from "./socket-io-link.js";

/** The transport as the contract meets it, with Socket.IO's own client at the other end. */
export function makeSocketIOUnderTest(mode: EngineTransportName): TransportUnderTest {
  const httpServer = createServer((_request, response) => void response.writeHead(404).end());
  const links = new Map<RawLink, SocketIOLink>();
  let origin = "";
  return {
    lacks: ["oversize-code"],
    hostileInputs: hostilePackets.map(({ name, packets }): HostileInput => ({
      name,
      play: (link) => packets.forEach((packet) => links.get(link)?.sendPacket(packet)),
    })),
    async serve(realtime) {
      await realtime.serve(new SocketIORealtimeServer({ httpServer }));
      origin = await listen(httpServer);
      return origin;
    },
    async connect(options, events) {
      const link = await openSocketIOLink(origin, { ...options, mode }, events);
      links.set(link, link);
      return link;
    },
    async close() {
      for (const link of links.keys()) link.close();
      await stopListening(httpServer);
    },
  };
}
