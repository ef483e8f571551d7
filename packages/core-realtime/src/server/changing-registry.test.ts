import { expect, it } from "vitest";
import { z } from "zod";
import { anyEvent, defineRealtimeChannel } from "../index.js";
import { LayeredHandlerRegistry, RealtimeHandlerRegistry } from "./index.js";
import { nodeUnderTest } from "./node-under-test.js";

const payload = z.object({ n: z.number() });
const channel = (name: string, more: object = {}) =>
  defineRealtimeChannel({ name, scope: "public", payload: anyEvent(payload), ...more });
const subscribe = (name: string) => ({ type: "subscribe", channel: name });

it("takes any event name under one schema, and refuses what does not fit", async () => {
  const open = defineRealtimeChannel({
    name: "open",
    scope: "public",
    payload: anyEvent(payload),
    inbound: anyEvent(payload),
  });
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.register(open, ({ event, payload: { n }, broadcast }) => broadcast(`${event}.taken`, { n: n + 1 }));
  const mia = enter("mia");
  await mia.request(subscribe("open"));
  const message = { type: "message", channel: "open", event: "toString", payload: { n: 1 } };
  expect(await mia.request(message)).toMatchObject({ ok: true });
  expect(await mia.next("message")).toMatchObject({ event: "toString.taken", payload: { n: 2 } });
  expect(await mia.request({ ...message, payload: {} })).toMatchObject({ error: { code: "PAYLOAD_INVALID" } });
  await expect(realtime.broadcaster.broadcast(open, "any", { n: "1" as never })).rejects.toMatchObject({
    code: "BROADCAST_INVALID",
  });
});

it("ends the subscriptions of a channel that is removed, with a code", async () => {
  const { realtime, enter } = await nodeUnderTest();
  const remove = realtime.registry.registerChannel(channel("rooms.{id}"));
  realtime.registry.registerChannel(channel("other"));
  const mia = enter("mia");
  for (const name of ["rooms.1", "rooms.2", "other"]) await mia.request(subscribe(name));
  remove();
  expect(mia.frames.filter(({ type }) => type === "left")).toMatchObject([
    { channel: "rooms.1", error: { code: "CHANNEL_DISABLED" } },
    { channel: "rooms.2", error: { code: "CHANNEL_DISABLED" } },
  ]);
  expect(realtime.census()).toEqual([{ template: "other", channels: 1, audience: 1 }]);
  expect(await mia.request(subscribe("rooms.1"))).toMatchObject({ error: { code: "CHANNEL_UNKNOWN" } });
});

it("checks open subscriptions by the description that a name has now", async () => {
  const registry = new LayeredHandlerRegistry(new RealtimeHandlerRegistry());
  const { realtime, enter } = await nodeUnderTest({ registry });
  registry.declare([{ channel: channel("rooms.{id}") }]);
  const [mia, sam] = [enter("mia"), enter("staff:sam")];
  for (const client of [mia, sam]) await client.request(subscribe("rooms.1"));
  const strict = channel("rooms.{id}", { scope: { role: "staff" } });
  registry.declare([{ channel: strict }]);
  await expect.poll(() => mia.frames.at(-1)).toMatchObject({ type: "left", error: { code: "UNAUTHORIZED" } });
  await realtime.broadcaster.broadcast(strict.at({ id: "1" }), "posted", { n: 1 });
  expect(await sam.next("message")).toMatchObject({ event: "posted" });
});

it("prefers the first of declared channels that matches, and the code's to all of them", () => {
  const registry = new LayeredHandlerRegistry(new RealtimeHandlerRegistry());
  registry.declare(["orders.status", "orders.{id}", "{kind}.{id}"].map((name) => ({ channel: channel(name) })));
  const nameOf = (name: string) => registry.resolve(name)?.address.channel.name;
  expect(["orders.status", "orders.7", "chats.7", "orders.7.x"].map(nameOf)).toEqual([
    "orders.status",
    "orders.{id}",
    "{kind}.{id}",
    undefined,
  ]);
  registry.registerChannel(channel("{anything}.{id}"));
  expect(nameOf("orders.status")).toBe("{anything}.{id}");
  expect(registry.listChannels().map(({ name }) => name)).toHaveLength(4);
});

it("hides a disabled channel's names, and ends its subscriptions with CHANNEL_DISABLED", async () => {
  const registry = new LayeredHandlerRegistry(new RealtimeHandlerRegistry());
  const [vip, any] = [{ channel: channel("orders.vip") }, { channel: channel("orders.{id}") }];
  const { realtime, enter } = await nodeUnderTest({ registry });
  registry.declare([vip, any]);
  const mia = enter("mia");
  for (const name of ["orders.vip", "orders.7"]) expect(await mia.request(subscribe(name))).toMatchObject({ ok: true });
  registry.declare([{ ...vip, isDisabled: true }, any]);
  const left = mia.frames.filter(({ type }) => type === "left");
  expect(left).toMatchObject([{ channel: "orders.vip", error: { code: "CHANNEL_DISABLED" } }]);
  for (const frame of [subscribe("orders.vip"), { type: "message", channel: "orders.vip", payload: {} }])
    expect(await mia.request(frame)).toMatchObject({ error: { code: "CHANNEL_DISABLED", retry: "later" } });
  await expect(realtime.broadcaster.broadcast(vip.channel, "posted", { n: 1 })).rejects.toMatchObject({
    code: "CHANNEL_DISABLED",
  });
  expect(realtime.registry.listChannels()).toEqual([any.channel]);
});

it("runs the handlers of a declared channel, with the parameters that its own match reads", async () => {
  const registry = new LayeredHandlerRegistry(new RealtimeHandlerRegistry());
  const log = channel("log", { inbound: anyEvent(payload) });
  const match = (name: string) => (name.startsWith("log:") ? { rest: name.slice(4) } : undefined);
  registry.declare([{ channel: log, match, handlers: { handler: ({ params }) => params, opening: () => "open" } }]);
  const { enter } = await nodeUnderTest({ registry });
  const mia = enter("mia");
  expect(await mia.request(subscribe("log:a:b"))).toMatchObject({ ok: true, result: { opening: "open" } });
  const message = { type: "message", channel: "log:a:b", event: "posted", payload: { n: 1 } };
  expect(await mia.request(message)).toMatchObject({ ok: true, result: { rest: "a:b" } });
  expect(await mia.request(subscribe("logs"))).toMatchObject({ error: { code: "CHANNEL_UNKNOWN" } });
});

it("joins no channel that was removed or replaced while a guard was running", async () => {
  let permit: () => void = () => undefined;
  const permitted = new Promise<void>((resolve) => (permit = resolve));
  const { realtime, enter } = await nodeUnderTest({ guards: [{ subscribe: () => permitted }] });
  const remove = realtime.registry.registerChannel(channel("rooms.{id}"));
  const replace = realtime.registry.registerChannel(channel("open"));
  const mia = enter("mia");
  const [gone, replaced] = [mia.request(subscribe("rooms.1")), mia.request(subscribe("open"))];
  await mia.next("connected");
  await Promise.resolve();
  remove();
  replace();
  realtime.registry.registerChannel(channel("open", { scope: { role: "staff" } }));
  permit();
  expect(await gone).toMatchObject({ error: { code: "CHANNEL_UNKNOWN" } });
  expect(await replaced).toMatchObject({ error: { code: "UNAUTHORIZED" } });
  expect(realtime.census()).toEqual([]);
});
