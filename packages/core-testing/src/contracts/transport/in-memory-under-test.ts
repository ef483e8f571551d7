import { InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { connectInMemory } from "../../player/in-memory-link";
import type { TransportUnderTest } from "./transport-under-test";

const HOST = "memory.test";

/** The transport without a network, as the contract meets it. */
export function makeInMemoryUnderTest(): TransportUnderTest {
  const server = new InMemoryRealtimeServer();
  return {
    lacks: ["slow-reader", "heartbeat"],
    async serve(realtime) {
      await realtime.serve(server);
      return `http://${HOST}`;
    },
    async connect({ headers, ...shown }, events) {
      return connectInMemory(server, { ...shown, headers: { host: HOST, ...headers } }, events);
    },
    close: async () => undefined,
  };
}
