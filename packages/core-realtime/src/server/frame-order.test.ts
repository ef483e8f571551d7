import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../index.js";
import { nodeUnderTest } from "./node-under-test.js";

const room = defineRealtimeChannel({ name: "room", scope: "public", payload: z.number() });
const subscribe = { type: "subscribe", channel: "room" };
const unsubscribe = { type: "unsubscribe", channel: "room" };

it("ends by an unsubscribe what came before it and not what came after it, behind gate 1 and behind a refresh", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.registerChannel(room);
  const last = { ...subscribe, id: "last" };
  const mia = enter("mia", { first: JSON.stringify([subscribe, unsubscribe, last]) });
  await expect.poll(() => mia.frames).toContainEqual(expect.objectContaining({ id: "last", ok: true }));
  for (const frame of [{ type: "refresh" }, subscribe, unsubscribe, { ...last, id: "renewed" }]) mia.send(frame);
  await expect.poll(() => mia.frames).toContainEqual(expect.objectContaining({ id: "renewed", ok: true }));
  expect(realtime.census()).toMatchObject([{ audience: 1 }]);
});

it("refuses with UNSUBSCRIBED a subscribe whose client unsubscribes while the channel opens", async () => {
  const { realtime, enter } = await nodeUnderTest();
  let isOpening = false;
  realtime.registry.register(room, {
    opening: ({ signal }) =>
      new Promise<void>((resolve) => {
        isOpening = true;
        signal.addEventListener("abort", () => resolve());
      }),
  });
  const mia = enter("mia");
  mia.send({ ...subscribe, id: "subscribe" });
  await expect.poll(() => isOpening).toBe(true);
  expect(await mia.request(unsubscribe)).toMatchObject({ ok: true });
  await expect.poll(() => mia.frames.at(-1)).toMatchObject({ id: "subscribe", error: { code: "UNSUBSCRIBED" } });
});

it("refuses a subscribe while whose opening more is published than may be held", async () => {
  const { realtime, enter } = await nodeUnderTest({ limits: { maxBufferedBytes: 2_000 } });
  const text = defineRealtimeChannel({ name: "text", scope: "public", payload: z.string() });
  let open: (() => void) | undefined;
  realtime.registry.register(text, { opening: () => new Promise<void>((resolve) => (open = resolve)) });
  const mia = enter("mia");
  mia.send({ type: "subscribe", channel: "text", id: "1" });
  await expect.poll(() => open).toBeDefined();
  for (let n = 0; n < 3; n += 1) await realtime.broadcaster.broadcast(text, "x".repeat(500));
  open?.();
  await expect.poll(() => mia.frames.at(-1)).toMatchObject({ type: "reply", ok: false, error: { code: "OVERLOADED" } });
});
