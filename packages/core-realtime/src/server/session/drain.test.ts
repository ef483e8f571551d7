import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, InProcessBroker } from "../../index.js";
import { InMemoryHistory } from "../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const room = defineRealtimeChannel({ name: "room", scope: "public", payload: z.number(), inbound: z.number() });

it("refuses new connections, sends clients the time to come back, replies to what is under way, then closes with 41xx", async () => {
  const { realtime, enter } = await nodeUnderTest();
  let finish: () => void = () => undefined;
  realtime.registry.register(room, () => new Promise((resolve) => (finish = () => resolve("done"))));
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "room" });
  const begun = finish;
  const replied = mia.request({ type: "message", id: "slow", channel: "room", payload: 1 });
  await expect.poll(() => finish !== begun, { interval: 1 }).toBe(true);
  const closed = realtime.close({ drainMs: 2_000 });
  expect(() => enter("sam")).toThrow(/restarting/);
  finish();
  await Promise.all([replied, closed]);
  expect(mia.frames.slice(-3)).toMatchObject([
    { type: "draining", windowMs: 2_000 },
    { type: "reply", id: "slow", ok: true, result: "done" },
    { type: "close", closeCode: 4100, error: { code: "DRAINING" } },
  ]);
});

it("closes in batches, so that not all come back in one instant", async () => {
  const { realtime, enter } = await nodeUnderTest();
  const clients = Array.from({ length: 5 }, () => enter("mia"));
  await Promise.all(clients.map((client) => client.next("connected")));
  const closed = realtime.close({ drainMs: 100, batchSize: 2, batchMs: 20 });
  const left = () => clients.filter(({ frames }) => frames.at(-1)?.type === "close").length;
  await expect.poll(left, { interval: 1 }).toBe(2);
  await closed;
  expect(left()).toBe(5);
});

it("leaves a broker and a history that were passed in to the nodes that share them", async () => {
  const shared = { broker: new InProcessBroker(), history: new InMemoryHistory() };
  const kept = defineRealtimeChannel({
    name: "kept",
    scope: "public",
    payload: z.number(),
    history: { size: 9, ttlMs: 60_000 },
  });
  const [leaving, staying] = [await nodeUnderTest(shared), await nodeUnderTest(shared)];
  for (const { realtime } of [leaving, staying]) realtime.registry.registerChannel(kept);
  const mia = staying.enter("mia");
  await mia.request({ type: "subscribe", channel: "kept" });
  await leaving.realtime.broadcaster.broadcast(kept, 1);
  await leaving.realtime.close({ drainMs: 1 });
  await staying.realtime.broadcaster.broadcast(kept, 2);
  const received = mia.frames.flatMap((frame) => (frame.type === "message" ? [frame.position] : []));
  expect(received.map((position) => position?.offset)).toEqual([1, 2]);
  expect(new Set(received.map((position) => position?.epoch)).size).toBe(1);
});
