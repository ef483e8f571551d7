import type { WireMessage } from "@repo/core-realtime";
import { io } from "socket.io-client";
import { expect, it, onTestFinished } from "vitest";
import { lobby, openNode } from "./testing/node-under-test.js";

it("loses, doubles and disorders nothing while a client changes from polling to WebSocket", async () => {
  const { origin, realtime } = await openNode();
  const client = io(origin, {
    forceNew: true,
    reconnection: false,
    transports: ["polling", "websocket"],
    upgrade: false,
  });
  onTestFinished(() => void client.disconnect());
  const received: unknown[] = [];
  client.on("m", ({ p }: WireMessage) => received.push(p));
  await client.emitWithAck("subscribe", { channel: "lobby" });
  expect(client.io.engine.transport.name).toBe("polling");

  const sent: unknown[] = [];
  const send = async () => {
    const payload = { text: String(sent.length) };
    sent.push(payload);
    await realtime.broadcaster.broadcast(lobby, payload);
  };
  let isChanged = false;
  client.io.engine.once("upgrade", () => {
    isChanged = true;
    void send(); // into the gap: the client polls no more, and the server has not noticed yet
  });
  (client.io.engine as unknown as { _probe(name: string): void })._probe("websocket"); // what it does by itself, at a moment of ours
  while (!isChanged) {
    await send();
    await new Promise((resolve) => setImmediate(resolve));
  }
  while (received.length < sent.length) await new Promise((resolve) => client.once("m", resolve));
  expect(client.io.engine.transport.name).toBe("websocket");
  expect(sent.length).toBeGreaterThan(2);
  expect(received).toEqual(sent);
});
