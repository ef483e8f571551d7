import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, RealtimeError, refuse } from "../../index.js";
import { nodeUnderTest, type TestClient } from "../node-under-test.js";

/** A promise that the test settles. */
function hold() {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  return { released, release };
}

it("refuses a reply that is too large with a code, and keeps the connection", async () => {
  const big = defineRealtimeChannel({ name: "big", scope: "public", payload: z.number(), inbound: z.number() });
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(big, () => "x".repeat(1_200_000));
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "big" });
  expect(await mia.request({ type: "message", channel: "big", payload: 1 })).toMatchObject({
    error: { code: "REPLY_TOO_LARGE" },
  });
});

it("lets a slow handler of one channel delay neither other channels nor unsubscribe, and refresh wait for it", async () => {
  const slow = defineRealtimeChannel({
    name: "slow",
    scope: "authenticated",
    payload: z.number(),
    inbound: z.number(),
  });
  const quick = defineRealtimeChannel({ name: "quick", scope: "public", payload: z.number(), inbound: z.number() });
  const { released, release } = hold();
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(slow, () => released);
  realtime.registry.register(quick, ({ payload }) => payload);
  const mia = enter("mia");
  for (const channel of ["slow", "quick"]) await mia.request({ type: "subscribe", channel });
  mia.send({ type: "message", channel: "slow", payload: 1, id: "slow" });
  expect(await mia.request({ type: "message", channel: "quick", payload: 2 })).toMatchObject({ result: 2 });
  expect(await mia.request({ type: "unsubscribe", channel: "slow" })).toMatchObject({ ok: true });
  mia.send({ type: "refresh", id: "refresh" });
  mia.send({ type: "message", channel: "quick", payload: 3, id: "behind" });
  mia.send({ type: "ping" });
  await mia.next("pong");
  expect(mia.frames.flatMap((frame) => (frame.type === "reply" ? [frame.id] : []))).not.toContain("refresh");
  release();
  await expect.poll(() => mia.frames.at(-1)).toMatchObject({ id: "behind", result: 3 });
  expect(mia.frames.slice(-3)).toMatchObject([{ id: "slow" }, { id: "refresh" }, { id: "behind" }]);
});

it("lets a handler broadcast as its user, send to its connection alone, and notice that the client has gone", async () => {
  const chat = defineRealtimeChannel({
    name: "chat",
    scope: "authenticated",
    payload: z.string(),
    inbound: z.string(),
  });
  const { realtime, enter } = await nodeUnderTest();
  let gone: Promise<unknown> = Promise.resolve();
  realtime.registry.register(chat, async ({ payload, broadcast, send, signal }) => {
    await broadcast(payload);
    await send(`only you: ${payload}`);
    gone = new Promise((resolve) => signal.addEventListener("abort", resolve));
    if (payload === "wait") await gone;
  });
  const [mia, sam] = [enter("mia"), enter("sam")];
  for (const client of [mia, sam]) await client.request({ type: "subscribe", channel: "chat" });
  await mia.request({ type: "message", channel: "chat", payload: "hi" });
  const received = ({ frames }: TestClient) =>
    frames.flatMap((frame) => (frame.type === "message" ? [[frame.payload, frame.sender]] : []));
  const hi = ["hi", { type: "user", id: "mia" }];
  expect(received(sam)).toEqual([hi]);
  expect(received(mia)).toEqual([hi, ["only you: hi", { type: "system" }]]);
  mia.send({ type: "message", channel: "chat", payload: "wait" });
  mia.hangUp();
  await gone;
});

it("carries a channel's own refusals with their data", async () => {
  const board = defineRealtimeChannel({
    name: "board",
    scope: "public",
    payload: z.number(),
    inbound: z.number(),
    errors: { CONFLICT: z.object({ version: z.number() }) },
  });
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(board, ({ payload }) => {
    if (payload === 1) refuse(board, "CONFLICT", { version: 7 });
    refuse(board, "CONFLICT", { version: "seven" as never });
  });
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "board" });
  expect(await mia.request({ type: "message", channel: "board", payload: 1 })).toMatchObject({
    error: { code: "REFUSED", reason: "CONFLICT", data: { version: 7 } },
  });
  expect(await mia.request({ type: "message", channel: "board", payload: 2 })).toMatchObject({
    error: { code: "HANDLER_FAILED" },
  });
});

it("refuses with a code where a refusal's data cannot be sent", async () => {
  const errors = { BAD: z.unknown() };
  const board = defineRealtimeChannel({ name: "board", scope: "public", payload: z.number(), inbound: z.number(), errors }); // prettier-ignore
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(board, ({ payload }) => refuse(board, "BAD", payload === 1 ? 1n : "x".repeat(1_200_000)));
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "board" });
  const message = { type: "message", channel: "board" };
  expect(await mia.request({ ...message, payload: 1 })).toMatchObject({ error: { code: "INTERNAL_ERROR" } });
  expect(await mia.request({ ...message, payload: 2 })).toMatchObject({ error: { code: "REPLY_TOO_LARGE" } });
});

it("never lets a guard's own failure reach the process: an async arrive, a rejecting forget", async () => {
  const { realtime, enter, observations } = await nodeUnderTest({
    guards: [
      { arrive: (async () => Promise.reject(new RealtimeError("REFUSED"))) as () => void },
      { forget: async () => Promise.reject(new Error("cannot forget")) },
    ],
  });
  const chat = defineRealtimeChannel({ name: "chat", scope: "public", payload: z.string(), inbound: z.string() });
  realtime.registry.register(chat, () => undefined);
  const mia = enter("mia");
  await mia.request({ type: "subscribe", channel: "chat" });
  expect(await mia.request({ type: "message", channel: "chat", payload: "x" })).toMatchObject({
    error: { code: "INTERNAL_ERROR" },
  });
  mia.hangUp();
  await expect.poll(() => observations).toContainEqual(expect.objectContaining({ kind: "failed", where: "guard" }));
});
