import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const strict = defineRealtimeChannel({
  name: "strict.{id}",
  scope: "public",
  payload: z.number(),
  rate: { perSecond: 2, burst: 2, over: "refuse" },
});
const latest = defineRealtimeChannel({
  name: "latest",
  scope: "public",
  payload: z.number(),
  rate: { perSecond: 2, burst: 1, over: "conflate" },
});

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
afterEach(() => void vi.useRealTimers());

async function fixture() {
  const node = await nodeUnderTest();
  for (const channel of [strict, latest]) node.realtime.registry.registerChannel(channel);
  return { ...node, broadcaster: node.realtime.broadcaster };
}

it("refuses what is over a channel's rate, each channel for itself, and takes it again later", async () => {
  const { broadcaster } = await fixture();
  const broadcast = (id: string) => broadcaster.broadcast(strict.at({ id }), 1);
  await broadcast("1");
  await broadcast("1");
  await expect(broadcast("1")).rejects.toMatchObject({ code: "RATE_LIMITED", retryAfterMs: 500 });
  await broadcast("2");
  await vi.advanceTimersByTimeAsync(500);
  await broadcast("1");
});

it("sends the newest of what is over a conflating channel's rate, and reports the others as conflated", async () => {
  const { broadcaster, enter } = await fixture();
  const mia = enter("mia");
  mia.send({ type: "subscribe", channel: "latest", id: "1" });
  await vi.advanceTimersByTimeAsync(0);
  const receipts = [1, 2, 3, 4].map((n) => broadcaster.broadcast(latest, n));
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await Promise.all(receipts)).map(({ conflated = false }) => conflated)).toEqual([false, true, true, false]);
  expect(mia.frames.flatMap((frame) => (frame.type === "message" ? [frame.payload] : []))).toEqual([1, 4]);
});

it.each([
  { perSecond: 0, over: "refuse" },
  { perSecond: 1, burst: 0.5, over: "refuse" },
  { perSecond: Number.NaN, over: "conflate" },
  { perSecond: 1, over: "drop" },
])("refuses the rate %j at definition", (rate) => {
  expect(() => defineRealtimeChannel({ name: "x", scope: "public", payload: z.number(), rate: rate as never })).toThrow(
    TypeError,
  );
});

it.each(["drop", "conflate"] as const)("refuses history with overflow %j at definition", (overflow) => {
  const history = { size: 1, ttlMs: 1 };
  expect(() => defineRealtimeChannel({ name: "x", scope: "public", payload: z.number(), history, overflow })).toThrow(
    /leave one of the two out/,
  );
});
