import fc from "fast-check";
import { expect, it } from "vitest";
import { formatName, matchName, MAX_PARAM_BYTES } from "./channel-name.js";
import { parseTemplate } from "./channel-template.js";

const template = parseTemplate("orders.{orderId}:{line}");
const bytes = (text: string) => new TextEncoder().encode(text).length;
const value = fc.string({ unit: "binary", maxLength: 80 }).filter((text) => bytes(text) <= MAX_PARAM_BYTES);

it("brings any two values back as they were, whatever they hold", () => {
  fc.assert(
    fc.property(value, value, (orderId, line) => {
      const name = formatName(template, { orderId, line });
      expect({ ...matchName(template, name) }).toEqual({ orderId, line });
    }),
    { numRuns: 2_000 },
  );
});

it("never lets a value change which template matches", () => {
  const others = ["orders.{a}", "orders.{a}:{b}.{c}", "{a}:{b}", "orders:{a}"].map(parseTemplate);
  fc.assert(
    fc.property(value, (orderId) => {
      const name = formatName(template, { orderId, line: "x.y:z" });
      for (const other of others) expect(matchName(other, name)).toBeUndefined();
    }),
  );
});

it.each(["orders.%61:1", "orders.a%2fb:1", "orders.a%:1", "orders.%FF:1", "orders.a b:1", "orders.é:1", "Orders.a:1"])(
  "matches only the canonical spelling, not %s",
  (name) => {
    expect(matchName(template, name)).toBeUndefined();
  },
);

it("matches in its canonical spelling (the control of the refusals above)", () => {
  expect({ ...matchName(template, "orders.a%2Fb%2E:1") }).toEqual({ orderId: "a/b.", line: "1" });
});

it("keeps a placeholder named like an Object method apart from the prototype", () => {
  const odd = parseTemplate("x.{constructor}");
  expect(() => formatName(odd, {})).toThrow(/needs a string for \{constructor\}/);
  expect({ ...matchName(odd, "x.1") }).toEqual({ constructor: "1" });
});

it("refuses more than 256 bytes, going out and coming in", () => {
  const long = "é".repeat(129);
  expect(() => formatName(template, { orderId: long, line: "" })).toThrow(/at most 256 bytes/);
  expect(matchName(template, `orders.${encodeURIComponent(long)}:`)).toBeUndefined();
  expect(matchName(template, `orders.${encodeURIComponent("é".repeat(128))}:`)).toBeDefined();
});

it("refuses half a surrogate pair", () => {
  expect(() => formatName(template, { orderId: "\ud800", line: "" })).toThrow(/surrogate/);
});
