import { DEFAULT_LIMITS } from "@repo/core-realtime/server";
import { expect, it } from "vitest";
import { GuardedEngine } from "./guarded-engine.js";
import { SocketIORealtimeBroadcaster } from "./socket-io-realtime-broadcaster.js";
import { lobby, openNode } from "./testing/node-under-test.js";
import { openPolling } from "./testing/raw-polling.js";
import { RawWebSocket } from "./testing/raw-web-socket.js";

it("compresses no WebSocket, though a client offers it", async () => {
  const { origin } = await openNode();
  const headers = { "sec-websocket-extensions": "permessage-deflate; client_max_window_bits" };
  const socket = await RawWebSocket.connect(origin, { headers });
  await socket.received(/101 Switching[^]*\r\n\r\n/);
  expect(socket.text.toLowerCase()).not.toContain("permessage-deflate");
});

it("compresses no poll's response, though a client takes it", async () => {
  const { origin, transport } = await openNode();
  const session = await openPolling(origin);
  await session.post(`421["subscribe",{"channel":"lobby"}]`);
  await (await session.get()).text();
  await new SocketIORealtimeBroadcaster(transport).broadcast(lobby, { text: "x".repeat(10_000) });
  const response = await session.get({ "accept-encoding": "gzip, deflate" });
  expect(response.headers.get("content-encoding")).toBe(null);
  expect(await response.text()).toContain("xxx");
});

it("ends no process by an event without a listener", () => {
  const engine = new GuardedEngine(DEFAULT_LIMITS, ["polling", "websocket"]);
  expect(() => engine.emit("error", new Error("unheard"))).not.toThrow();
});

it.each(["polling", "websocket"] as const)("admits by %s alone where the app configures it", async (only) => {
  const { origin } = await openNode({ socketIO: { transports: [only] } });
  const poll = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`);
  expect(poll.status).toBe(only === "polling" ? 200 : 400);
  const socket = await RawWebSocket.connect(origin);
  await socket.received(only === "polling" ? /^HTTP\/1\.1 400/ : /^HTTP\/1\.1 101/);
});
