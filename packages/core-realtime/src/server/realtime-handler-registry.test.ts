import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../index.js";
import { RealtimeHandlerRegistry } from "./realtime-handler-registry.js";

const schema = z.object({});
const listen = (name: string) => defineRealtimeChannel({ name, scope: "public", payload: schema });
const speak = (name: string) => defineRealtimeChannel({ name, scope: "public", payload: schema, inbound: schema });

it("resolves a concrete name to its channel, parameters and handler", () => {
  const registry = new RealtimeHandlerRegistry();
  const order = speak("orders.{orderId}");
  registry.register(order, () => "answered");
  registry.registerChannel(listen("orders.{orderId}.status"));
  const found = registry.resolve("orders.a%2Eb");
  expect(found?.address).toMatchObject({ channel: order, name: "orders.a%2Eb", params: { orderId: "a.b" } });
  expect(found?.handler).toBeTypeOf("function");
  expect(registry.resolve("orders.7.status")?.handler).toBeUndefined();
  expect(registry.listChannels().map(({ name }) => name)).toEqual(["orders.{orderId}", "orders.{orderId}.status"]);
});

it.each(["orders", "orders.7.x", "orders:7", "__proto__", "constructor", "", "orders.%2e", "x".repeat(4_000)])(
  "knows no channel %.20j",
  (name) => {
    const registry = new RealtimeHandlerRegistry();
    registry.registerChannel(listen("orders.{orderId}"));
    expect(registry.resolve(name)).toBeUndefined();
  },
);

it("refuses a second registration of a channel, whichever way, and says what to do", () => {
  const registry = new RealtimeHandlerRegistry();
  const order = speak("orders.{orderId}");
  registry.registerChannel(order);
  for (const again of [() => registry.registerChannel(order), () => registry.register(order, () => 1)])
    expect(again).toThrow(
      /"orders.\{orderId\}" is already registered; register it once: .*register\(channel, handler\)/s,
    );
});

it("refuses two templates that could match one name, and says what to do", () => {
  const registry = new RealtimeHandlerRegistry();
  registry.registerChannel(listen("orders.{orderId}"));
  expect(() => registry.registerChannel(listen("orders.all"))).toThrow(
    /could match the same name; give one of them another literal/,
  );
  expect(() => registry.registerChannel(listen("orders:all"))).not.toThrow();
});

it("refuses a handler on a channel that takes no messages", () => {
  const registry = new RealtimeHandlerRegistry();
  const order = listen("orders.{orderId}");
  expect(() => registry.register(order, (() => 1) as never)).toThrow(/no inbound schema/);
});

it("forgets a channel when its registration is undone, and only that one", () => {
  const registry = new RealtimeHandlerRegistry();
  const undo = registry.registerChannel(listen("a"));
  registry.registerChannel(listen("b"));
  undo();
  expect(registry.resolve("a")).toBeUndefined();
  expect(registry.resolve("b")).toBeDefined();
  registry.registerChannel(listen("a"));
  undo(); // a second call must not undo somebody else's registration
  expect(registry.resolve("a")).toBeDefined();
});
