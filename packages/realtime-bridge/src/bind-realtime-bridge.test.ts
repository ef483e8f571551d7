import { defineEvent } from "@repo/core-events";
import { defineRealtimeChannel } from "@repo/core-realtime";
import { createRealtimeHarness, RecordingEventBus, RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { bindRealtimeBridge } from "./bind-realtime-bridge";
import { bridgeEntry } from "./bridge-entry";
import type { BridgeFailure } from "./bridge-failure";

const shipped = defineEvent({ name: "order.shipped", payload: z.object({ orderId: z.string(), secret: z.string() }) });
const billed = defineEvent({ name: "order.billed", payload: z.object({ orderId: z.string() }) });
const status = z.object({ status: z.string().min(1) });
const order = defineRealtimeChannel({ name: "orders.{orderId}", scope: "public", payload: { moved: status } });
const feed = defineRealtimeChannel({ name: "feed", scope: "public", payload: z.strictObject({ orderId: z.string() }) });
const history = { size: 9, ttlMs: 60_000 };
const kept = defineRealtimeChannel({
  name: "kept",
  scope: "public",
  payload: { moved: status },
  history,
});
const keptPlain = defineRealtimeChannel({ name: "kept-plain", scope: "public", payload: status, history });

const toOrder = bridgeEntry(shipped, order, {
  at: ({ payload }) => ({ orderId: payload.orderId }),
  message: () => ["moved", { status: "shipped" }],
});
const toFeed = bridgeEntry(shipped, feed, { message: ({ payload }) => [{ orderId: payload.orderId }] });
const ofOrder7 = { orderId: "7", secret: "margin 40 %" };

const setUp = () => ({ bus: new RecordingEventBus(), realtime: new RecordingRealtimeBroadcaster() });

it("carries a listed event to its channels, as each entry maps it, and nothing more of it", async () => {
  const { bus, realtime } = setUp();
  bindRealtimeBridge(bus, realtime, [toOrder, toFeed]);
  await bus.publish(shipped, ofOrder7);
  expect(realtime.broadcasts).toEqual([
    { channel: "orders.7", event: "moved", payload: { status: "shipped" } },
    { channel: "feed", event: "message", payload: { orderId: "7" } },
  ]);
});

it("lets nothing across that is not listed", async () => {
  const { bus, realtime } = setUp();
  bindRealtimeBridge(bus, realtime, [toFeed]);
  await bus.publish(billed, { orderId: "7" });
  bindRealtimeBridge(bus, realtime, []);
  await bus.publish(billed, { orderId: "8" });
  expect(realtime.broadcasts).toEqual([]);
});

it("delivers to a subscriber", async () => {
  const harness = await createRealtimeHarness({ channels: [order] });
  const bus = new RecordingEventBus();
  const undo = bindRealtimeBridge(bus, harness.realtime.broadcaster, [toOrder]);
  const mia = await harness.client();
  await mia.subscribe(order.at({ orderId: "7" }));
  await bus.publish(shipped, ofOrder7);
  expect(await mia.nextMessage(order.at({ orderId: "7" }))).toMatchObject({ payload: { status: "shipped" } });
  undo();
  await harness.close();
});

it("reports a mapping that throws and a payload that gate 4 refuses, and stops neither the bus nor the others", async () => {
  const { bus, realtime } = setUp();
  const cause = new Error("no such order");
  const throwing = bridgeEntry(shipped, kept, {
    message: () => {
      throw cause;
    },
  });
  const refused = bridgeEntry(shipped, order, {
    at: () => ({ orderId: "7" }),
    message: () => ["moved", { status: "" }],
  });
  const failures: BridgeFailure[] = [];
  bindRealtimeBridge(bus, realtime, {
    allow: [throwing, refused, toFeed],
    onError: (failure) => failures.push(failure),
  });
  for (const orderId of ["7", "8"]) await bus.publish(shipped, { ...ofOrder7, orderId });
  expect(realtime.broadcasts.map(({ payload }) => payload)).toEqual([{ orderId: "7" }, { orderId: "8" }]);
  expect(failures).toMatchObject([
    { channel: "kept", cause, occurrence: { name: "order.shipped", payload: { orderId: "7" } } },
    { channel: "orders.{orderId}", cause: { code: "BROADCAST_INVALID" } },
    { channel: "kept", cause, occurrence: { payload: { orderId: "8" } } },
    { channel: "orders.{orderId}", cause: { code: "BROADCAST_INVALID" } },
  ]);
  expect(bus.failures).toEqual([]);
});

it("reports a broadcaster that is down, and carries the next event", async () => {
  const { bus, realtime } = setUp();
  const failures: BridgeFailure[] = [];
  bindRealtimeBridge(bus, realtime, { allow: [toFeed], onError: (failure) => failures.push(failure) });
  const cause = new Error("the store is down");
  realtime.failNext(cause);
  for (const orderId of ["7", "8"]) await bus.publish(shipped, { ...ofOrder7, orderId });
  expect(failures).toMatchObject([{ channel: "feed", cause }]);
  expect(realtime.broadcasts).toMatchObject([{ payload: { orderId: "8" } }]);
});

it("leaves failures to the bus where there is no onError", async () => {
  const { bus, realtime } = setUp();
  bindRealtimeBridge(bus, realtime, [toFeed]);
  const cause = new Error("the store is down");
  realtime.failNext(cause);
  await bus.publish(shipped, ofOrder7);
  expect(bus.failures).toMatchObject([
    { cause: { message: `The bridge could not carry "order.shipped" to "feed".`, cause } },
  ]);
});

it("broadcasts an event once that a bus delivers twice, on channels with history of either kind", async () => {
  const { bus, realtime } = setUp();
  const sender = { type: "user", id: "mia" } as const;
  const entries = [
    bridgeEntry(shipped, kept, { message: () => ["moved", { status: "shipped" }, { sender }] }),
    bridgeEntry(shipped, keptPlain, { message: () => [{ status: "shipped" }, { sender }] }),
  ];
  for (const _time of [1, 2]) bindRealtimeBridge(bus, realtime, entries);
  await bus.publish(shipped, ofOrder7);
  expect(realtime.envelopes).toMatchObject([
    { sender, event: "moved", payload: { status: "shipped" } },
    { sender, event: "message", payload: { status: "shipped" } },
  ]);
  await bus.publish(shipped, ofOrder7); // the same payload, but another occurrence
  expect(realtime.broadcasts).toHaveLength(4);
});

it("stops when it is undone, twice too, and leaves other listeners alone", async () => {
  const { bus, realtime } = setUp();
  const received: string[] = [];
  bus.subscribe(shipped, ({ payload }) => void received.push(payload.orderId));
  const undo = bindRealtimeBridge(bus, realtime, [toOrder, toFeed]);
  undo();
  undo();
  await bus.publish(shipped, ofOrder7);
  expect(realtime.broadcasts).toEqual([]);
  expect(received).toEqual(["7"]);
});

it("refuses an event that is listed twice for one channel, with what to do, and binds nothing", async () => {
  const { bus, realtime } = setUp();
  const again = bridgeEntry(shipped, feed, { message: () => [{ orderId: "again" }] });
  expect(() => bindRealtimeBridge(bus, realtime, [toOrder, toFeed, again])).toThrow(
    new TypeError(
      `The bridge lists "order.shipped" → "feed" twice; keep one entry, or clients would receive it twice.`,
    ),
  );
  await bus.publish(shipped, ofOrder7);
  expect(realtime.broadcasts).toEqual([]);
});
