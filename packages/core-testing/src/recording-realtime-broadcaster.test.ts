import { defineRealtimeChannel } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { z } from "zod";
import { RecordingRealtimeBroadcaster } from "./recording-realtime-broadcaster";

const status = z.object({ status: z.enum(["placed", "shipped"]) });
const order = defineRealtimeChannel({ name: "orders.{orderId}.status", scope: "authenticated", payload: status });
const board = defineRealtimeChannel({
  name: "boards.{boardId}",
  scope: "authenticated",
  payload: { moved: z.object({ by: z.coerce.number() }) },
  history: { size: 10, ttlMs: 60_000 },
});
const shipped = { status: "shipped" } as const;

it("keeps exactly channel, event and payload, in order", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  await realtime.broadcast(order.at({ orderId: "7" }), shipped);
  await realtime.broadcast(board.at({ boardId: "a.b" }), "moved", { by: "3" });
  expect(realtime.broadcasts).toEqual([
    { channel: "orders.7.status", event: "message", payload: { status: "shipped" } },
    { channel: "boards.a%2Eb", event: "moved", payload: { by: 3 } },
  ]);
});

it("refuses what gate 4 refuses, and keeps nothing of it", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const lie = JSON.parse(`{ "status": "lost" }`);
  await expect(realtime.broadcast(order.at({ orderId: "7" }), lie)).rejects.toMatchObject({
    code: "BROADCAST_INVALID",
  });
  expect(realtime.broadcasts).toEqual([]);
});

it("refuses an idempotency key where the channel keeps no history, as the real one does", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const keyed = realtime.broadcast(order.at({ orderId: "7" }), shipped, { idempotencyKey: "k" });
  await expect(keyed).rejects.toThrow(/declare history/);
});

it("treats a repeated idempotency key as published, and returns its position", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const post = async () =>
    realtime.broadcast(
      board.at({ boardId: "1" }),
      "moved",
      { by: 1 },
      { idempotencyKey: "k", sender: { type: "user", id: "mia" } },
    );
  const [first, second] = [await post(), await post()];
  expect(first).toMatchObject({ repeated: false, position: { offset: 1 } });
  expect(second).toEqual({ ...first, repeated: true });
  expect(realtime.envelopes).toMatchObject([{ id: first.id, sender: { type: "user", id: "mia" } }]);
});

it("keeps a copy: what the publisher changes afterwards was not published", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const payload: { status: "placed" | "shipped" } = { status: "placed" };
  await realtime.broadcast(order.at({ orderId: "7" }), payload);
  payload.status = "shipped";
  expect(realtime.broadcasts[0]?.payload).toEqual({ status: "placed" });
});

it("fails once where a test requests it", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const cause = new Error("the store is down");
  realtime.failNext(cause);
  await expect(realtime.broadcast(order.at({ orderId: "7" }), shipped)).rejects.toBe(cause);
  await realtime.broadcast(order.at({ orderId: "7" }), shipped);
  expect(realtime.broadcasts).toHaveLength(1);
});

it("refuses two channels that could share a name, which no registry would take either", async () => {
  const realtime = new RecordingRealtimeBroadcaster();
  const twin = defineRealtimeChannel({ name: "orders.{id}.status", scope: "public", payload: status });
  await realtime.broadcast(order.at({ orderId: "7" }), shipped);
  await expect(realtime.broadcast(twin.at({ id: "7" }), shipped)).rejects.toThrow(/could match the same name/);
});
