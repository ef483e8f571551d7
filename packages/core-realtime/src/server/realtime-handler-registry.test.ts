import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../index.js";
import { RealtimeHandlerRegistry } from "./realtime-handler-registry.js";

const schema = z.object({});
const channelOf = (name: string) => defineRealtimeChannel({ name, scope: "public", payload: schema });
const channelNamed = (name: string) =>
  defineRealtimeChannel({ name, scope: "public", payload: schema, inbound: schema });

it("resolves a concrete name to its channel, parameters and handler", () => {
  const registry = new RealtimeHandlerRegistry();
  const order = channelNamed("orders.{orderId}");
  registry.register(order, () => "replied");
  registry.registerChannel(channelOf("orders.{orderId}.status"));
  const found = registry.resolve("orders.a%2Eb");
  expect(found?.address).toMatchObject({ channel: order, name: "orders.a%2Eb", params: { orderId: "a.b" } });
  expect(found?.handler).toBeTypeOf("function");
  expect(registry.resolve("orders.7.status")?.handler).toBeUndefined();
  expect(registry.listChannels().map(({ name }) => name)).toEqual(["orders.{orderId}", "orders.{orderId}.status"]);
});

it.each(["orders", "orders.7.x", "orders:7", "__proto__", "constructor", "", "orders.%2e", "x".repeat(4_000)])(
  "resolves no channel %.20j",
  (name) => {
    const registry = new RealtimeHandlerRegistry();
    registry.registerChannel(channelOf("orders.{orderId}"));
    expect(registry.resolve(name)).toBeUndefined();
  },
);

it("returns the same frozen entry for every look-up of a name", () => {
  const registry = new RealtimeHandlerRegistry();
  registry.registerChannel(channelOf("orders.{orderId}"));
  const found = registry.resolve("orders.7");
  expect(registry.resolve("orders.7")).toBe(found);
  for (const part of [found, found?.address, found?.address.params]) expect(Object.isFrozen(part)).toBe(true);
});

it("resolves anew once a registration has changed", () => {
  const registry = new RealtimeHandlerRegistry();
  const order = channelNamed("orders.{orderId}");
  const undo = registry.register(order, () => "old");
  const old = registry.resolve("orders.7")?.handler;
  undo();
  registry.register(order, () => "new");
  expect(registry.resolve("orders.7")?.handler).not.toBe(old);
});

it("remembers a bounded number of names", () => {
  const registry = new RealtimeHandlerRegistry();
  registry.registerChannel(channelOf("orders.{orderId}"));
  const first = registry.resolve("orders.first");
  for (let n = 0; n < 10_000; n += 1) registry.resolve(`orders.${n}`);
  expect(registry.resolve("orders.first")).not.toBe(first);
  expect(registry.resolve("orders.first")).toEqual(first);
  const long = `orders.${"x".repeat(250)}`;
  expect(registry.resolve(long)).not.toBe(registry.resolve(long));
});

it("refuses a second registration of a channel, whichever way, with what to do", () => {
  const registry = new RealtimeHandlerRegistry();
  const order = channelNamed("orders.{orderId}");
  registry.registerChannel(order);
  for (const again of [() => registry.registerChannel(order), () => registry.register(order, () => 1)])
    expect(again).toThrow(
      /"orders.\{orderId\}" is already registered; register it once: .*register\(channel, handler\)/s,
    );
});

it("refuses two templates that could match one name, with what to do", () => {
  const registry = new RealtimeHandlerRegistry();
  registry.registerChannel(channelOf("orders.{orderId}"));
  expect(() => registry.registerChannel(channelOf("orders.all"))).toThrow(
    /could match the same name; give one of them another literal/,
  );
  expect(() => registry.registerChannel(channelOf("orders:all"))).not.toThrow();
});

it("refuses a handler on a channel that takes no messages", () => {
  const registry = new RealtimeHandlerRegistry();
  const order = channelOf("orders.{orderId}");
  expect(() => registry.register(order, (() => 1) as never)).toThrow(/no inbound schema/);
});

it("refuses a registration that leaves out the opening that the channel declares, with what to do", () => {
  const registry = new RealtimeHandlerRegistry();
  const both = defineRealtimeChannel({
    name: "polls",
    scope: "public",
    payload: schema,
    inbound: schema,
    opening: schema,
  });
  const opened = defineRealtimeChannel({ name: "news", scope: "public", payload: schema, opening: schema });
  expect(() => registry.register(both, () => 1)).toThrow(/declares an opening, .*\(channel, \{ handler, opening \}\)/);
  expect(() => registry.register(opened, {})).toThrow(/declares an opening, .*\(channel, \{ opening \}\)/);
  expect(registry.listChannels()).toEqual([]);
  registry.register(both, { handler: () => 1, opening: () => ({}) });
  registry.registerChannel(opened); // as a process that only publishes
  registry.register(channelOf("free"), { opening: () => "any JSON" }); // no schema: any JSON
  expect(registry.listChannels()).toHaveLength(3);
});

it("forgets a channel when its registration is undone, and only that one", () => {
  const registry = new RealtimeHandlerRegistry();
  const undo = registry.registerChannel(channelOf("a"));
  registry.registerChannel(channelOf("b"));
  undo();
  expect(registry.resolve("a")).toBeUndefined();
  expect(registry.resolve("b")).toBeDefined();
  registry.registerChannel(channelOf("a"));
  undo(); // a second call must not undo another caller's registration
  expect(registry.resolve("a")).toBeDefined();
});

it("replaces all registrations at once, and reports one change", () => {
  const registry = new RealtimeHandlerRegistry();
  const kept = channelOf("orders.{orderId}");
  registry.registerChannel(kept);
  registry.registerChannel(channelOf("news"));
  const seen: (readonly string[])[] = [];
  registry.watch(() => seen.push(registry.listChannels().map(({ name }) => name)));
  registry.replaceAll(() => {
    registry.registerChannel(channelOf("orders.{orderId}"));
    registry.registerChannel(channelOf("polls"));
  });
  expect(seen).toEqual([["orders.{orderId}", "polls"]]);
  expect(registry.resolve("news")).toBeUndefined();
  expect(registry.resolve("orders.7")?.address.channel).not.toBe(kept);
});

it("keeps the registrations where the replacement throws", () => {
  const registry = new RealtimeHandlerRegistry();
  const order = channelOf("orders.{orderId}");
  registry.registerChannel(order);
  const replace = () =>
    registry.replaceAll(() => {
      registry.registerChannel(channelOf("news"));
      registry.registerChannel(channelOf("news"));
    });
  expect(replace).toThrow('Channel "news" is already registered');
  expect(registry.resolve("news")).toBeUndefined();
  expect(registry.resolve("orders.7")?.address.channel).toBe(order);
});

it("keeps the registrations where the replacement is asynchronous, and names what to do", () => {
  const registry = new RealtimeHandlerRegistry();
  registry.registerChannel(channelOf("orders.{orderId}"));
  const replace = () => registry.replaceAll(async () => registry.registerChannel(channelOf("news")));
  expect(replace).toThrow("replaceAll: register all channels before the function returns; it returned a promise.");
  expect(registry.listChannels().map(({ name }) => name)).toEqual(["orders.{orderId}"]);
});
