import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../index.js";
import { relay } from "./index.js";
import { nodeUnderTest } from "./node-under-test.js";

const line = z.object({ text: z.string().max(10) });
const chat = defineRealtimeChannel({
  name: "chat.{room}",
  scope: "authenticated",
  payload: { posted: line, gone: z.object({}) },
  inbound: { posted: line },
  history: { size: 10, ttlMs: 60_000 },
});
const lobby = defineRealtimeChannel({ name: "lobby", scope: "public", payload: line, inbound: line });
const frame = { type: "message", channel: "chat.1", event: "posted", payload: { text: "hi", sender: "sam" } };

it("broadcasts what a client sent, stamped with the real sender", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(chat, relay(chat, realtime.broadcaster));
  const [mia, sam] = [enter("mia"), enter("sam")];
  for (const client of [mia, sam]) await client.request({ type: "subscribe", channel: "chat.1" });
  expect(await mia.request({ ...frame, sender: { type: "system" } })).toMatchObject({
    ok: true,
    result: { position: { offset: 1 } },
  });
  expect(await sam.next("message")).toMatchObject({
    event: "posted",
    payload: { text: "hi" },
    sender: { type: "user", id: "mia" },
  });
});

it("broadcasts a message id once, even when the reply was forgotten, and never another user's", async () => {
  const { realtime, enter } = await nodeUnderTest({ limits: { replyCacheMs: 0.001 } });
  realtime.registry.register(chat, relay(chat, realtime.broadcaster));
  const [mia, sam] = [enter("mia"), enter("sam")];
  for (const client of [mia, sam]) await client.request({ type: "subscribe", channel: "chat.1" });
  const [first, again, other] = [
    await mia.request({ ...frame, id: "m1" }),
    await enterAgain(),
    await sam.request({ ...frame, id: "m1" }),
  ];
  async function enterAgain() {
    const tab = enter("mia");
    await tab.request({ type: "subscribe", channel: "chat.1" });
    return tab.request({ ...frame, id: "m1" });
  }
  expect(again).toMatchObject({ result: { position: { offset: 1 } } });
  expect(first).toMatchObject({ result: { position: { offset: 1 } } });
  expect(other).toMatchObject({ result: { position: { offset: 2 } } });
});

it("shows an anonymous sender as a user without a name", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(lobby, relay(lobby, realtime.broadcaster));
  const visitor = enter();
  await visitor.request({ type: "subscribe", channel: "lobby" });
  await visitor.request({ type: "message", channel: "lobby", payload: { text: "hi" } });
  expect(await visitor.next("message")).toMatchObject({ event: "message", sender: { type: "user" } });
});
