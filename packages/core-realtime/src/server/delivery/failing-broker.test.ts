import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";
import { ManualBroker } from "./manual-broker.js";

const room = defineRealtimeChannel({ name: "room", scope: "public", payload: z.number() });
const subscribe = { type: "subscribe", channel: "room" };

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
afterEach(() => void vi.useRealTimers());

async function fixture() {
  const broker = new ManualBroker();
  const node = await nodeUnderTest({ broker });
  node.realtime.registry.registerChannel(room);
  const mia = node.enter("mia");
  await vi.advanceTimersByTimeAsync(0);
  return { ...node, broker, mia };
}

it("refuses a subscribe whose channel the broker cannot deliver, and keeps nothing of it", async () => {
  const { broker, realtime, mia, observations } = await fixture();
  const down = new Error("the broker is down");
  broker.onWant = () => {
    throw down;
  };
  mia.send({ ...subscribe, id: "1" });
  await vi.advanceTimersByTimeAsync(0);
  expect(mia.frames.at(-1)).toMatchObject({ id: "1", error: { code: "INTERNAL_ERROR" } });
  expect(observations).toContainEqual(expect.objectContaining({ kind: "failed", cause: down }));
  expect(realtime.census()).toEqual([]);
  broker.onWant = () => undefined;
  mia.send({ ...subscribe, id: "2" });
  await vi.advanceTimersByTimeAsync(0);
  expect(mia.frames.at(-1)).toMatchObject({ id: "2", ok: true });
  expect(broker.wanted).toEqual(["room", "room"]);
});

it("refuses a subscribe that the broker does not confirm in time", async () => {
  const { broker, realtime, mia } = await fixture();
  broker.onWant = () => new Promise(() => undefined);
  mia.send({ ...subscribe, id: "1" });
  await vi.advanceTimersByTimeAsync(11_000);
  expect(mia.frames).toContainEqual(expect.objectContaining({ id: "1", error: expect.objectContaining({ code: "HANDLER_TIMEOUT" }) })); // prettier-ignore
  expect(realtime.census()).toEqual([]);
});

it("ends a connection wholly where the broker cannot give up its channels", async () => {
  const { broker, realtime, mia, observations } = await fixture();
  mia.send({ ...subscribe, id: "1" });
  await vi.advanceTimersByTimeAsync(0);
  const down = new Error("the broker is down");
  const thrown = () => {
    throw down;
  };
  for (const unwant of [() => Promise.reject(down), thrown]) {
    broker.onUnwant = unwant;
    mia.send({ type: "unsubscribe", channel: "room", id: "2" });
    mia.send({ ...subscribe, id: "3" });
    await vi.advanceTimersByTimeAsync(0);
  }
  mia.hangUp();
  await vi.advanceTimersByTimeAsync(0);
  expect(realtime.connections()).toEqual([]);
  expect(observations).toContainEqual(expect.objectContaining({ kind: "disconnected" }));
  expect(observations.filter((seen) => seen.kind === "failed" && seen.cause === down)).toHaveLength(3);
});

it("refuses a subscribe whose ask is not validated in time", async () => {
  const { realtime, mia } = await fixture();
  const never = { "~standard": { version: 1, vendor: "test", validate: () => new Promise<never>(() => undefined) } } as const; // prettier-ignore
  const slow = defineRealtimeChannel({
    name: "slow",
    scope: "public",
    payload: z.number(),
    inbound: never,
    ask: never,
  });
  realtime.registry.register(slow, () => undefined);
  mia.send({ type: "subscribe", channel: "slow", ask: 1, id: "1" });
  mia.send({ type: "refresh", id: "2" });
  await vi.advanceTimersByTimeAsync(11_000);
  expect(mia.frames.slice(-2)).toMatchObject([
    { id: "1", error: { code: "HANDLER_TIMEOUT" } },
    { id: "2", ok: true },
  ]);
});
