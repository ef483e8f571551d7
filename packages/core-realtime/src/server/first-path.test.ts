import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type ServerFrame } from "../index.js";
import { createRealtime, InMemoryRealtimeServer } from "./index.js";

const board = defineRealtimeChannel({
  name: "boards.{boardId}",
  scope: "authenticated",
  payload: { moved: z.object({ id: z.string() }) },
  inbound: { move: z.object({ id: z.string() }) },
  history: { size: 10, ttlMs: 60_000 },
});

it("carries a client's message through the gates to every subscriber", async () => {
  const realtime = createRealtime({ authenticator: { authenticate: () => ({ userId: "mia", roles: [] }) } });
  const { broadcaster, registry } = realtime;
  registry.register(board, async ({ payload, params }) => {
    await broadcaster.broadcast(board.at(params), "moved", payload);
    return { moved: payload.id };
  });
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  const frames: ServerFrame[] = [];
  const client = server.connect({ onFrame: (frame) => frames.push(frame) });
  client.send({ type: "subscribe", id: "1", channel: "boards.7" });
  client.send({ type: "message", id: "2", channel: "boards.7", event: "move", payload: { id: "a" } });
  await expect.poll(() => frames.length).toBe(4);
  expect(frames).toMatchObject([
    { type: "connected", userId: "mia" },
    { type: "reply", id: "1", ok: true, result: { position: { offset: 0 } } },
    { type: "message", channel: "boards.7", event: "moved", payload: { id: "a" }, position: { offset: 1 } },
    { type: "reply", id: "2", ok: true, result: { moved: "a" } },
  ]);
  await realtime.close({ drainMs: 10 });
  expect(frames.map(({ type }) => type).slice(4)).toEqual(["draining", "close"]);
});
