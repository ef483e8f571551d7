import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../index.js";
import { nodeUnderTest } from "./node-under-test.js";

const history = { size: 10, ttlMs: 60_000 };
const room = defineRealtimeChannel({ name: "room.{id}", scope: "public", payload: z.number(), history });

it("gives messages of different channels different ids, also where the channels share an epoch", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.registerChannel(room);
  const mia = enter();
  for (const id of ["1", "2"]) await mia.request({ type: "subscribe", channel: `room.${id}` });
  const receipts = [];
  for (const id of ["1", "2"]) receipts.push(await realtime.broadcaster.broadcast(room.at({ id }), 1));
  const received = mia.frames.flatMap((frame) => (frame.type === "message" ? [frame.id] : []));
  expect(received).toEqual(receipts.map(({ id }) => id));
  expect(new Set(received).size).toBe(2);
});
