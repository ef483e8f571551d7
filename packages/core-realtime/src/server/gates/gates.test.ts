import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, RealtimeError } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const open = defineRealtimeChannel({ name: "open", scope: "public", payload: z.object({ n: z.number() }) });
const mine = defineRealtimeChannel({
  name: "mine.{userId}",
  scope: { userScoped: "userId" },
  payload: z.object({ n: z.number() }),
});
const chat = defineRealtimeChannel({
  name: "chat.{room}",
  scope: "authenticated",
  payload: z.object({ text: z.string() }),
  inbound: { post: z.strictObject({ text: z.string().max(5) }) },
});
const subscribe = (channel: string) => ({ type: "subscribe", channel });
const message = (text: unknown, more = {}) => ({
  type: "message",
  channel: "chat.1",
  event: "post",
  payload: { text, ...more },
});
const refused = (code: string) => ({ type: "reply", ok: false, error: { code } });

async function chatNode(handler: (text: string) => unknown = (text) => ({ posted: text })) {
  const node = await nodeUnderTest();
  node.realtime.registry.registerChannel(open);
  node.realtime.registry.registerChannel(mine);
  node.realtime.registry.register(chat, ({ payload }) => handler(payload.text));
  return node;
}

it("refuses another user's channel with UNAUTHORIZED, and admits the owner", async () => {
  const { enter, realtime } = await chatNode();
  const [mia, sam] = [enter("mia"), enter("sam")];
  expect(await sam.request(subscribe("mine.mia"))).toMatchObject(refused("UNAUTHORIZED"));
  expect(await mia.request(subscribe("mine.mia"))).toMatchObject({ ok: true });
  await realtime.broadcaster.broadcast(mine.at({ userId: "mia" }), { n: 1 });
  expect(await mia.next("message")).toMatchObject({ payload: { n: 1 }, sender: { type: "system" } });
  expect(sam.frames.map(({ type }) => type)).not.toContain("message");
});

it("checks gate 2 for an anonymous visitor too", async () => {
  const { enter } = await chatNode();
  const visitor = enter();
  expect(await visitor.request(subscribe("open"))).toMatchObject({ ok: true });
  expect(await visitor.request(subscribe("chat.1"))).toMatchObject(refused("UNAUTHORIZED"));
  expect(await visitor.request(subscribe("nowhere"))).toMatchObject(refused("CHANNEL_UNKNOWN"));
});

it("replies to a message with what the handler returned", async () => {
  const { enter } = await chatNode();
  const mia = enter("mia");
  await mia.request(subscribe("chat.1"));
  expect(await mia.request(message("hello"))).toMatchObject({ ok: true, result: { posted: "hello" } });
});

it.each([
  [message("toolong"), "PAYLOAD_INVALID"],
  [message(7), "PAYLOAD_INVALID"],
  [message("hi", { sender: "sam" }), "PAYLOAD_INVALID"],
  [{ ...message("hi"), event: "shout" }, "INBOUND_REFUSED"],
  [{ ...message("hi"), event: "constructor" }, "INBOUND_REFUSED"],
  [{ ...message("hi"), channel: "open" }, "INBOUND_REFUSED"],
  [{ ...message("hi"), channel: "chat.2" }, "NOT_SUBSCRIBED"],
  [{ ...message("hi"), channel: "nowhere" }, "CHANNEL_UNKNOWN"],
])("refuses %j with %s and runs no handler", async (frame, code) => {
  const posted: string[] = [];
  const { enter } = await chatNode((text) => posted.push(text));
  const mia = enter("mia");
  await mia.request(subscribe("chat.1"));
  await mia.request(subscribe("open"));
  expect(await mia.request(frame)).toMatchObject(refused(code));
  expect(posted).toEqual([]);
});

it("replies to a failing handler's message with HANDLER_FAILED and shows the observer its cause", async () => {
  const boom = new Error("the database failed: password=hunter2");
  const { enter, observations } = await chatNode(() => {
    throw boom;
  });
  const mia = enter("mia");
  await mia.request(subscribe("chat.1"));
  const reply = await mia.request(message("hi"));
  expect(reply).toMatchObject(refused("HANDLER_FAILED"));
  expect(JSON.stringify(mia.frames)).not.toContain("hunter2");
  expect(observations).toContainEqual({ kind: "failed", where: "handler", cause: boom, channel: "chat.1" });
});

it("reports a handler's broadcast that does not fit, and replies HANDLER_FAILED: the mistake is not the client's", async () => {
  const { enter, observations } = await chatNode(() => {
    throw new RealtimeError("BROADCAST_INVALID", { detail: "chat.1: a text is no number" });
  });
  const mia = enter("mia");
  await mia.request(subscribe("chat.1"));
  expect(await mia.request(message("hi"))).toMatchObject(refused("HANDLER_FAILED"));
  const cause = expect.objectContaining({ code: "BROADCAST_INVALID" });
  expect(observations).toContainEqual({ kind: "failed", where: "handler", cause, channel: "chat.1" });
});

it("passes a handler's own refusal on, and reports no failure", async () => {
  const { enter, observations } = await chatNode(() => {
    throw new RealtimeError("REFUSED", { detail: "only staff may shout" });
  });
  const mia = enter("mia");
  await mia.request(subscribe("chat.1"));
  expect(await mia.request(message("hi"))).toMatchObject({
    error: { code: "REFUSED", message: "The message was refused. (only staff may shout)" },
  });
  expect(observations.map(({ kind }) => kind)).not.toContain("failed");
});

it("runs the handler once for a repeated id, over another connection of the user too, but not for another user", async () => {
  let runs = 0;
  const { enter } = await chatNode(() => (runs += 1));
  const [first, second, other] = [enter("mia"), enter("mia"), enter("sam")];
  for (const client of [first, second, other]) await client.request(subscribe("chat.1"));
  const frame = { ...message("hi"), id: "same" };
  expect(await first.request(frame)).toMatchObject({ result: 1 });
  expect(await second.request(frame)).toMatchObject({ result: 1 });
  expect(await other.request(frame)).toMatchObject({ result: 2 });
});

it("checks gate 3 with the current identity: a right that was lost by refresh ends subscription and message", async () => {
  const { enter } = await chatNode();
  const mia = enter("mia");
  await mia.request(subscribe("chat.1"));
  expect(await mia.request({ type: "refresh", token: "" })).toMatchObject({ ok: true, result: { userId: null } });
  expect(mia.frames).toContainEqual(expect.objectContaining({ type: "left", channel: "chat.1" }));
  expect(await mia.request(message("hi"))).toMatchObject(refused("NOT_SUBSCRIBED"));
});

it("refuses a broadcast that does not fit before anyone receives anything", async () => {
  const { enter, realtime } = await chatNode();
  const mia = enter("mia");
  await mia.request(subscribe("open"));
  const { broadcaster } = realtime;
  await expect(broadcaster.broadcast(open, { n: "1" } as never)).rejects.toMatchObject({ code: "BROADCAST_INVALID" });
  const foreign = defineRealtimeChannel({ name: "foreign", scope: "public", payload: z.any() });
  await expect(broadcaster.broadcast(foreign, 1)).rejects.toThrow(/not registered/);
  await broadcaster.broadcast(open, { n: 2 });
  expect(mia.frames.filter(({ type }) => type === "message")).toMatchObject([{ payload: { n: 2 } }]);
});

it("sends every subscriber a copy that the caller can no longer change", async () => {
  const { enter, realtime } = await chatNode();
  const mia = enter("mia");
  await mia.request(subscribe("open"));
  const loose = defineRealtimeChannel({
    name: "loose",
    scope: "public",
    payload: z.any(),
    history: { size: 5, ttlMs: 1_000 },
  });
  realtime.registry.registerChannel(loose);
  const payload = { list: [1] };
  await realtime.broadcaster.broadcast(loose, payload);
  payload.list.push(2);
  expect(await mia.request({ ...subscribe("loose"), rewind: 1 })).toMatchObject({
    result: { messages: [{ payload: { list: [1] } }] },
  });
});
