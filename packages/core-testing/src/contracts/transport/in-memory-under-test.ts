import { InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { connectInMemory } from "../../client/in-memory-link";
import type { HostileInput, TransportUnderTest } from "./transport-under-test";

const HOST = "memory.test";

/** The transport without a network, as the contract meets it. */
export function makeInMemoryUnderTest(): TransportUnderTest {
  const server = new InMemoryRealtimeServer();
  return {
    lacks: ["slow-reader", "heartbeat"],
    hostileInputs,
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

/** Without a wire, what is left is to call at the wrong time. */
const hostileInputs: readonly HostileInput[] = [
  {
    name: "sends after it has closed, and closes again",
    play(link) {
      link.close();
      link.send({ type: "subscribe", id: "late", channel: "contract.lobby" });
      link.abort();
    },
  },
  {
    name: "sends a thousand frames within one turn of the event loop",
    play(link) {
      for (let n = 0; n < 1_000; n += 1) link.sendText(`{"type":"unsubscribe","id":"${n}","channel":"contract.lobby"}`);
    },
  },
];
