import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type ServerFrame } from "../../index.js";
import { DEFAULT_LIMITS, withDefaults } from "./limits.js";
import { nodeUnderTest } from "../node-under-test.js";

const room = defineRealtimeChannel({ name: "room.{id}", scope: "public", payload: z.number(), inbound: z.number() });
const subscribe = (id: number) => ({ type: "subscribe", channel: `room.${id}` });
const frame = { type: "message", channel: "room.1", payload: 1 };
const codes = (replies: readonly ServerFrame[]) =>
  replies.map((reply) => (reply.type === "reply" && !reply.ok ? reply.error.code : "ok"));

async function node(limits = {}, handler: () => unknown = () => "ok") {
  const made = await nodeUnderTest({ limits });
  made.realtime.registry.register(room, handler);
  return made;
}

it("refuses the 51st subscription, and takes it once another was left", async () => {
  const { enter } = await node();
  const mia = enter("mia");
  await mia.next("connected");
  const replies = await Promise.all(Array.from({ length: 51 }, (_, id) => mia.request(subscribe(id))));
  expect(codes(replies).filter((code) => code === "ok")).toHaveLength(50);
  expect(codes(replies).at(-1)).toBe("TOO_MANY_SUBSCRIPTIONS");
  await mia.request({ ...subscribe(0), type: "unsubscribe" });
  expect(codes([await mia.request(subscribe(50))])).toEqual(["ok"]);
});

it("refuses with RATE_LIMITED beyond the burst of 40, with retryAfterMs, and affects no other connection", async () => {
  const { enter } = await node();
  const [mia, sam] = [enter("mia"), enter("sam")];
  for (const client of [mia, sam]) await client.request(subscribe(1));
  const replies = await Promise.all(Array.from({ length: 45 }, () => mia.request(frame)));
  expect(codes(replies).slice(0, 40)).toEqual(Array(40).fill("ok"));
  expect(replies.at(-1)).toMatchObject({
    error: { code: "RATE_LIMITED", retry: "later", retryAfterMs: expect.any(Number) },
  });
  expect(codes([await sam.request(frame)])).toEqual(["ok"]);
});

it("counts a user's messages over all connections", async () => {
  const { enter } = await node({ messagesPerSecondPerUser: 5 });
  const tabs = [enter("mia"), enter("mia")];
  for (const tab of tabs) await tab.request(subscribe(1));
  const replies = await Promise.all(Array.from({ length: 12 }, (_, n) => (n % 2 ? tabs[0] : tabs[1])?.request(frame)));
  expect(codes(replies as ServerFrame[]).filter((code) => code === "RATE_LIMITED").length).toBeGreaterThanOrEqual(1);
});

it("replies with HANDLER_TIMEOUT and takes the next message, while the slow handler sees its signal", async () => {
  let aborted = false;
  const { enter, realtime } = await nodeUnderTest({ limits: { handlerMs: 20 } });
  realtime.registry.register(room, ({ payload, signal }) => {
    if (payload === 2) return "ok";
    signal.addEventListener("abort", () => (aborted = true));
    return new Promise(() => undefined);
  });
  const mia = enter("mia");
  await mia.request(subscribe(1));
  expect(codes([await mia.request(frame)])).toEqual(["HANDLER_TIMEOUT"]);
  expect(aborted).toBe(true);
  expect(await mia.request({ ...frame, payload: 2 })).toMatchObject({ ok: true, result: "ok" });
});

it("replies with OVERLOADED where too many frames wait behind a slow handler, and pongs all the same", async () => {
  const { enter } = await node({ maxWaitingFrames: 2 }, () => new Promise(() => undefined));
  const mia = enter("mia");
  await mia.request(subscribe(1));
  for (let sent = 0; sent < 4; sent += 1) mia.send({ ...frame, id: `w${sent}` });
  expect(mia.frames.at(-1)).toMatchObject({ type: "reply", id: "w3", error: { code: "OVERLOADED" } });
  mia.send({ type: "ping" });
  expect(mia.frames.at(-1)).toEqual({ type: "pong" });
});

it("closes a connection whose frame is too large", async () => {
  const { enter } = await node();
  const mia = enter("mia");
  await mia.next("connected");
  mia.send(`{"type":"ping","filler":"${"x".repeat(70_000)}"}`);
  expect(mia.frames.at(-1)).toMatchObject({ type: "close", error: { code: "FRAME_TOO_LARGE" } });
});

it("refuses a broadcast larger than a reader may have waiting", async () => {
  const { realtime } = await node({ maxBroadcastBytes: 10 });
  const big = defineRealtimeChannel({ name: "big", scope: "public", payload: z.string() });
  realtime.registry.registerChannel(big);
  await expect(realtime.broadcaster.broadcast(big, "x".repeat(20))).rejects.toMatchObject({
    code: "BROADCAST_INVALID",
  });
  await expect(realtime.broadcaster.broadcast(big, "ok")).resolves.toMatchObject({ repeated: false });
});

it("refuses a broadcast that would end its readers, by bytes, and a limit that would let it pass", async () => {
  const { realtime, enter } = await node();
  const big = defineRealtimeChannel({ name: "big", scope: "public", payload: z.string() });
  realtime.registry.registerChannel(big);
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "big" });
  await expect(realtime.broadcaster.broadcast(big, "字".repeat(100_000))).rejects.toMatchObject({
    code: "BROADCAST_INVALID",
  });
  await realtime.broadcaster.broadcast(big, "字".repeat(80_000));
  expect(await mia.next("message")).toMatchObject({ channel: "big" });
  expect(() => withDefaults({ maxBroadcastBytes: 1024 * 1024 })).toThrow(/at most half of maxBufferedBytes/);
  expect(withDefaults({ maxBufferedBytes: 1_000 }).maxBroadcastBytes).toBe(500);
});

it.each([{ maxSubscriptions: 0 }, { pingMs: -1 }, { handlerMs: Number.NaN }])(
  "refuses the limit %j at start-up",
  (limits) => {
    expect(() => withDefaults(limits)).toThrow(/must be a number above 0/);
  },
);

it("keeps every default above zero", () => {
  expect(Object.values(DEFAULT_LIMITS).every((value) => value > 0)).toBe(true);
});
