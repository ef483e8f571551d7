import { type } from "arktype";
import * as v from "valibot";
import { expect, it } from "vitest";
import { z } from "zod";
import { addressOf } from "./channel-address.js";
import { defineRealtimeChannel } from "./define-realtime-channel.js";
import { validate } from "./schema.js";

const payload = z.object({ status: z.string() });

it("makes an address whose name is encoded and whose parameters are kept", () => {
  const channel = defineRealtimeChannel({ name: "orders.{orderId}.status", scope: "public", payload });
  const address = channel.at({ orderId: "a.b:c/ü" });
  expect(address.name).toBe("orders.a%2Eb%3Ac%2F%C3%BC.status");
  expect(address.params).toEqual({ orderId: "a.b:c/ü" });
  expect(address.channel).toBe(channel);
});

it("lets a channel without placeholders be its own address, and requires .at(…) for any other", () => {
  const ping = defineRealtimeChannel({ name: "realtime-ping", scope: "public", payload });
  const order = defineRealtimeChannel({ name: "orders.{orderId}", scope: "public", payload });
  expect(addressOf(ping).name).toBe("realtime-ping");
  expect(() => addressOf(order)).toThrow(/call \.at\(/);
});

it.each([
  ["zod", z.object({ n: z.number() })],
  ["valibot", v.object({ n: v.number() })],
  ["arktype", type({ n: "number" })],
])("takes the schemas of %s", async (_library, schema) => {
  const channel = defineRealtimeChannel({ name: "any", scope: "public", payload: schema });
  expect(await validate(channel.payload, { n: 1 })).toEqual({ fits: true, value: { n: 1 } });
  expect(await validate(channel.payload, { n: "1" })).toMatchObject({ fits: false, why: expect.stringContaining("n") });
});

it("freezes what it made", () => {
  expect(Object.isFrozen(defineRealtimeChannel({ name: "any", scope: "public", payload }))).toBe(true);
});

it.each([
  [{ scope: undefined }, /needs a scope/],
  [{ scope: "everyone" }, /needs a scope/],
  [{ scope: { role: "" } }, /needs a scope/],
  [{ scope: { userScoped: "orderId" } }, /no placeholder/],
  [{ payload: undefined }, /payload must be a Standard Schema/],
  [{ payload: {} }, /payload must be a Standard Schema/],
  [{ payload: { moved: 1 } }, /payload must be a Standard Schema/],
  [{ inbound: "text" }, /inbound must be a Standard Schema/],
  [{ reply: payload }, /declares a reply but no inbound; describe/],
  [{ history: { size: 0, ttlMs: 1 } }, /history\.size/],
  [{ history: { size: 1, ttlMs: Number.NaN } }, /history\.ttlMs/],
])("refuses %o at start-up with a sentence", (wrong, sentence) => {
  const description = { name: "any.{id}", scope: "public", payload, ...wrong } as Parameters<
    typeof defineRealtimeChannel
  >[0];
  expect(() => defineRealtimeChannel(description)).toThrow(TypeError);
  expect(() => defineRealtimeChannel(description)).toThrow(sentence);
});

it.each([
  [{ payload: z.object({ at: z.date() }) }, /payload of "message" promises what JSON does not carry \(Date/],
  [{ payload: { moved: z.object({ n: z.bigint() }) } }, /payload of "moved".*BigInt/],
  [{ payload, inbound: z.object({ tags: z.set(z.string()) }) }, /inbound of "message".*Set/],
  [{ payload, reply: z.map(z.string(), z.string()) }, /reply of "message".*Map/],
  [{ payload, ask: z.object({ since: z.date() }) }, /ask of "message".*Date/],
  [{ payload, opening: z.object({ total: z.bigint() }) }, /opening of "message".*BigInt/],
  [{ payload, errors: { LATE: z.object({ at: z.date() }) } }, /errors of "LATE".*Date/],
])("refuses at start-up what JSON does not carry: %o", (wrong, sentence) => {
  const description = { name: "any", scope: "public", ...wrong } as never; // what the compiler refuses too
  expect(() => defineRealtimeChannel(description)).toThrow(TypeError);
  expect(() => defineRealtimeChannel(description)).toThrow(sentence);
});

it("takes an inbound schema that makes a Date of what travels, and schemas that cannot be described", () => {
  const instant = z.iso.datetime().transform((text) => new Date(text));
  const inbound = z.object({ at: instant, custom: z.custom<string>((value) => typeof value === "string") });
  const ask = z.object({ since: instant });
  expect(() => defineRealtimeChannel({ name: "any", scope: "public", payload, inbound, ask })).not.toThrow();
});
