import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, noHistory } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const kept = defineRealtimeChannel({
  name: "kept",
  scope: "public",
  payload: z.number(),
  history: { size: 10, ttlMs: 60_000 },
});
const fleeting = defineRealtimeChannel({ name: "fleeting", scope: "public", payload: z.number() });

async function node() {
  const made = await nodeUnderTest();
  made.realtime.registry.registerChannel(kept);
  made.realtime.registry.registerChannel(fleeting);
  const mia = made.enter("mia");
  await mia.request({ type: "subscribe", channel: "kept" });
  return { ...made.realtime, mia };
}

it("delivers a repeated idempotency key once and resolves with the first receipt", async () => {
  const { broadcaster, mia } = await node();
  const first = await broadcaster.broadcast(kept, 1, { idempotencyKey: "k" });
  const again = await broadcaster.broadcast(kept, 1, { idempotencyKey: "k" });
  await broadcaster.broadcast(kept, 2);
  expect(again).toEqual({ ...first, repeated: true });
  expect(mia.frames.filter(({ type }) => type === "message")).toMatchObject([{ payload: 1 }, { payload: 2 }]);
});

it("refuses an idempotency key where there is no history to keep it, with what to declare", async () => {
  const { broadcaster } = await node();
  await expect(broadcaster.broadcast(fleeting, 1, { idempotencyKey: "k" })).rejects.toThrow(/declare history/);
});

it("publishes in the order of the history, also where schemas take their time", async () => {
  const { broadcaster, mia } = await node();
  await Promise.all(Array.from({ length: 50 }, (_, n) => broadcaster.broadcast(kept, n)));
  const offsets = mia.frames.flatMap((frame) => (frame.type === "message" ? [frame.position?.offset] : []));
  expect(offsets).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
});

it("waits for a schema that decides later, and refuses what it refuses", async () => {
  const payload = z.number().refine(async (n) => n > 0);
  const slow = defineRealtimeChannel({ name: "slow", scope: "public", payload });
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.registerChannel(slow);
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "slow" });
  await expect(realtime.broadcaster.broadcast(slow, -1)).rejects.toMatchObject({ code: "BROADCAST_INVALID" });
  await realtime.broadcaster.broadcast(slow, 1);
  expect(mia.frames.filter(({ type }) => type === "message")).toMatchObject([{ payload: 1 }]);
});

it.each([fleeting, kept])("carries the app's trace on $name", async (channel) => {
  const { realtime, enter } = await nodeUnderTest({ traceparent: () => "00-abc-def-01" });
  realtime.registry.registerChannel(channel);
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: channel.name });
  await realtime.broadcaster.broadcast(channel, 1);
  expect(await mia.next("message")).toMatchObject({ trace: "00-abc-def-01" });
});

it("publishes in the order of the history, also where a store confirms out of order", async () => {
  let offset = 0;
  const pending: (() => void)[] = [];
  const { realtime, enter } = await nodeUnderTest({
    history: {
      append: (entries) => {
        const receipts = entries.map(() => ({
          kind: "placed" as const,
          position: { epoch: "e", offset: (offset += 1) },
        }));
        return new Promise((resolve) => pending.unshift(() => resolve(receipts))); // the last append is confirmed first
      },
      read: () => ({ position: { epoch: "e", offset }, complete: true, messages: [] }),
      close: () => undefined,
    },
  });
  realtime.registry.registerChannel(kept);
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "kept" });
  const publication = [1, 2, 3].map((n) => realtime.broadcaster.broadcast(kept, n));
  while (offset < 3 || pending.length > 0) {
    pending.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(publication);
  expect(mia.frames.flatMap((frame) => (frame.type === "message" ? [frame.payload] : []))).toEqual([1, 2, 3]);
});

it("publishes without a position where the history keeps nothing", async () => {
  const { realtime, enter } = await nodeUnderTest({ history: noHistory });
  realtime.registry.registerChannel(kept);
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "kept" });
  expect(await realtime.broadcaster.broadcast(kept, 1)).toEqual({ id: expect.any(String), repeated: false });
  expect(await mia.next("message")).toMatchObject({ payload: 1 });
});

it("refuses a broadcast whose schema does not decide within the time of a handler, and never publishes it", async () => {
  const decisions: ((fits: boolean) => void)[] = [];
  const payload = z.number().refine(async () => new Promise<boolean>((resolve) => decisions.push(resolve)));
  const slow = defineRealtimeChannel({ name: "slow", scope: "public", payload });
  const { realtime, observations } = await nodeUnderTest({ limits: { handlerMs: 10 } });
  realtime.registry.registerChannel(slow);
  await expect(realtime.broadcaster.broadcast(slow, 1)).rejects.toMatchObject({ code: "HANDLER_TIMEOUT" });
  for (const decide of decisions) decide(true);
  await new Promise((resolve) => setImmediate(resolve));
  expect(observations.filter(({ kind }) => kind === "broadcast")).toEqual([]);
});

it("publishes on another copy of a channel, as a module that a bundler loads twice has it, by the registered schema", async () => {
  const { broadcaster, mia } = await node();
  const copy = defineRealtimeChannel({ name: "kept", scope: "public", payload: z.number() });
  const receipt = await broadcaster.broadcast(copy, 7);
  expect(receipt.position).toBeDefined(); // it has the history of the registered one
  expect(mia.frames.filter(({ type }) => type === "message")).toMatchObject([{ payload: 7 }]);
  const other = defineRealtimeChannel({ name: "kept", scope: "public", payload: z.string() });
  await expect(broadcaster.broadcast(other, "seven")).rejects.toMatchObject({ code: "BROADCAST_INVALID" });
});
