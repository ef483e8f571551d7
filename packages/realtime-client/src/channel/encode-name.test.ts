import { defineRealtimeChannel } from "@repo/core-realtime";
import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { encodeName, encodeRaw } from "./encode-name.js";

const template = "orders.{orderId}:{line_2}.x-y";
const channel = defineRealtimeChannel({ name: template, scope: "public", payload: z.object({}) });
const value = fc.string({ unit: "grapheme", maxLength: 60 });

it("spells every name as the server does, byte for byte", () => {
  fc.assert(
    fc.property(value, value, (orderId, line_2) => {
      expect(encodeName(template, { orderId, line_2 })).toBe(channel.at({ orderId, line_2 }).name);
    }),
    { numRuns: 2_000 },
  );
});

it("spells the marks that encodeURIComponent leaves alone", () => {
  const orderId = ".:!~*'()_-";
  expect(encodeName(template, { orderId, line_2: "" })).toBe(channel.at({ orderId, line_2: "" }).name);
});

it("shows a placeholder that got no value, for the server to refuse", () => {
  expect(encodeName("orders.{orderId}.status", {})).toBe("orders.{orderId}.status");
});

it("spells names of the database with `:` between their parts, and anything else in them", () => {
  expect(encodeRaw("order:mia@example.com:1.5:ä!")).toBe("order:mia%40example.com:1.5:%C3%A4%21");
  expect(encodeRaw("order:%3A{x}")).toBe("order:%253A%7Bx%7D");
});
