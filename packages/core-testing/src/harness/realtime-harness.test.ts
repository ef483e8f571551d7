import { defineRealtimeChannel, RealtimeError } from "@repo/core-realtime";
import { relay } from "@repo/core-realtime/server";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { byToken } from "../fake-authenticators";
import { createRealtimeHarness, type RealtimeHarnessOptions } from "./realtime-harness";

const published = z.object({ text: z.string().max(10) });
const chat = defineRealtimeChannel({
  name: "chat.{roomId}",
  scope: "authenticated",
  payload: published,
  inbound: published,
});
const news = defineRealtimeChannel({
  name: "news",
  scope: "public",
  payload: { flash: published, correction: published },
});
const users = { mia: { userId: "mia", roles: [] }, sam: { userId: "sam", roles: ["staff"] } };

async function open<Name extends string>(options: RealtimeHarnessOptions<Name>) {
  const harness = await createRealtimeHarness(options);
  onTestFinished(() => harness.close());
  return harness;
}
const openChat = async () =>
  open({ users, handlers: ({ registry, broadcaster }) => void registry.register(chat, relay(chat, broadcaster)) });

it("lets clients of several users exchange messages through the real gates", async () => {
  const harness = await openChat();
  const [mia, sam] = [await harness.client("mia"), await harness.client("sam")];
  for (const client of [mia, sam]) await client.subscribe(chat.at({ roomId: "7" }));
  expect(await mia.send(chat.at({ roomId: "7" }), { text: "hi" })).toEqual({ id: expect.any(String) });
  const received = [{ event: "message", payload: { text: "hi" }, sender: { type: "user", id: "mia" } }];
  expect(sam.received(chat.at({ roomId: "7" }))).toMatchObject(received);
  expect(await mia.nextMessage(chat.at({ roomId: "7" }))).toMatchObject(received[0] ?? {});
  expect(sam.received(chat.at({ roomId: "8" }))).toEqual([]);
});

it("throws what a gate refuses, as the error that it is", async () => {
  const harness = await openChat();
  const [mia, visitor] = [await harness.client("mia"), await harness.client()];
  expect(visitor.connected.userId).toBeNull();
  const refusal = visitor.subscribe(chat.at({ roomId: "7" }));
  await expect(refusal).rejects.toThrow(RealtimeError);
  await expect(refusal).rejects.toMatchObject({ code: "UNAUTHORIZED", detail: "chat.7" });
  await mia.subscribe(chat.at({ roomId: "7" }));
  const tooLong = mia.send(chat.at({ roomId: "7" }), { text: "x".repeat(11) });
  await expect(tooLong).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
});

it("throws what a handler threw as the cause, so that the test's output shows its line", async () => {
  const away = new Error("The database is away.");
  const harness = await open({
    handlers: ({ registry }) =>
      registry.register(chat, () => {
        throw away;
      }),
    users,
  });
  const mia = await harness.client("mia");
  await mia.subscribe(chat.at({ roomId: "7" }));
  const sent = mia.send(chat.at({ roomId: "7" }), { text: "hi" });
  await expect(sent).rejects.toMatchObject({ code: "HANDLER_FAILED", cause: away });
});

it("throws the refusal of gate 1", async () => {
  const harness = await open({ authenticator: byToken(users) });
  await expect(harness.visitor({ token: "unknown" })).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect((await harness.visitor({ token: "sam" })).connected.userId).toBe("sam");
  await expect(harness.visitor({ headers: { origin: "https://evil.example" } })).rejects.toMatchObject({
    code: "ORIGIN_REFUSED",
  });
});

it("brings broadcasts of a channel that clients only listen to, and stops with the subscription", async () => {
  const harness = await open({ channels: [news] });
  const visitor = await harness.client();
  await visitor.subscribe(news);
  await harness.realtime.broadcaster.broadcast(news, "flash", { text: "first" });
  await visitor.unsubscribe(news);
  await harness.realtime.broadcaster.broadcast(news, "correction", { text: "second" });
  expect(visitor.received(news).map(({ event, payload }) => [event, payload.text])).toEqual([["flash", "first"]]);
});

it("moves time: a lease is warned of, and ends", async () => {
  const harness = await open({});
  const tom = await harness.client({ userId: "tom", roles: [], expiresAt: harness.clock.now() + 60_000 });
  await tom.roundTrip();
  harness.clock.advance(30_000);
  await tom.next("expiring");
  harness.clock.advance(30_000);
  expect(await tom.ended()).toMatchObject({ code: 4520 });
});

it("refreshes a client into another identity", async () => {
  const harness = await openChat();
  const client = await harness.client();
  await expect(client.subscribe(chat.at({ roomId: "7" }))).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await client.refresh(harness.tokenOf("mia"));
  expect(await client.subscribe(chat.at({ roomId: "7" }))).toMatchObject({ channel: "chat.7" });
});

it("notices a client that disconnects, and ends the others when it closes", async () => {
  const harness = await openChat();
  const [mia, sam] = [await harness.client("mia"), await harness.client("sam")];
  mia.close();
  expect(await harness.observer.seen("disconnected")).toMatchObject({ connection: { user: { userId: "mia" } } });
  await harness.close();
  expect(await sam.ended()).toMatchObject({ code: 4100 });
});

it("names the user that it does not know", async () => {
  const harness = await openChat();
  const untyped: "mia" = JSON.parse(`"pia"`);
  await expect(harness.client(untyped)).rejects.toThrow(/has no user "pia"/);
});
