import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type RatePolicy } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";
import { systemClock } from "../system-clock.js";
import { ChannelRates } from "./channel-rates.js";

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

it("publishes the newest of what waits when the node closes, and leaves no timer", async () => {
  const { broadcaster, realtime, observations } = await fixture();
  const receipts = [1, 2, 3].map((n) => broadcaster.broadcast(latest, n));
  await vi.advanceTimersByTimeAsync(0);
  await Promise.all([realtime.close({ drainMs: 1 }), vi.advanceTimersByTimeAsync(10)]);
  expect((await Promise.all(receipts)).map(({ conflated = false }) => conflated)).toEqual([false, true, false]);
  const published = observations.flatMap((seen) => (seen.kind === "broadcast" ? [seen.envelope.json] : []));
  expect(published).toEqual(["1", "3"]);
  expect(vi.getTimerCount()).toBe(0);
});

it("forgets no bucket of one description for the many channels of another, and none before it is full again", () => {
  let now = 0;
  const rates = new ChannelRates({ ...systemClock, monotonic: () => now });
  const [own, foreign] = [
    { perSecond: 1, burst: 1, over: "refuse" } as const,
    { perSecond: 1, over: "refuse" } as const,
  ];
  const admit = (channel: string, policy: RatePolicy) =>
    rates.admit(channel, policy, () => ({ id: channel, repeated: false }));
  admit("mine", own);
  for (let n = 0; n < 120_000; n += 1) admit(`${n}`, foreign);
  expect(() => admit("mine", own)).toThrow(expect.objectContaining({ code: "RATE_LIMITED" }));
  for (let n = 0; n < 20_000; n += 1) admit(`own ${n}`, own);
  expect(() => admit("mine", own)).toThrow(expect.objectContaining({ code: "RATE_LIMITED" }));
  now = 1_000;
  expect(admit("mine", own)).toEqual({ id: "mine", repeated: false });
});

it("refuses a conflating channel's message where 10 000 channels wait already", async () => {
  const rates = new ChannelRates(systemClock);
  const policy = { perSecond: 1, burst: 1, over: "conflate" } as const;
  const admit = (n: number) => rates.admit(`${n}`, policy, () => ({ id: `${n}`, repeated: false }));
  for (let n = 0; n <= 10_000; n += 1) admit(n);
  const waiting = Array.from({ length: 10_000 }, (_, n) => admit(n));
  expect(() => admit(10_000)).toThrow(expect.objectContaining({ code: "RATE_LIMITED", retryAfterMs: 1_000 }));
  rates.close();
  expect(await Promise.all(waiting)).toHaveLength(10_000);
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
