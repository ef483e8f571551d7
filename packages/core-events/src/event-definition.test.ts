import { expect, it } from "vitest";
import { z } from "zod";
import { defineEvent } from "./event-definition";

it("keeps the name and the schema, and cannot be changed afterwards", () => {
  const payload = z.object({ orderId: z.string() });
  const event = defineEvent({ name: "order.shipped", payload });
  expect(event).toEqual({ name: "order.shipped", payload });
  expect(Object.isFrozen(event)).toBe(true);
});

it.each(["", "order shipped", ".shipped", "order.", "order..shipped", "order/shipped"])(
  "refuses %j as a name with a sentence that describes a valid name",
  (name) => {
    expect(() => defineEvent({ name, payload: z.object({}) })).toThrow(/such as "order\.shipped"/);
  },
);

it.each(["order.shipped", "entity:created", "entity:task:updated", "ping"])("takes %j as a name", (name) => {
  expect(defineEvent({ name, payload: z.object({}) }).name).toBe(name);
});

it("refuses a payload that is no Standard Schema and names the event", () => {
  const untyped = JSON.parse(`{ "name": "order.shipped", "payload": { "orderId": "string" } }`);
  expect(() => defineEvent(untyped)).toThrow(/"order\.shipped" needs a Standard Schema/);
});
