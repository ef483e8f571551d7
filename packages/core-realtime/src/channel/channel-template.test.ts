import { expect, it } from "vitest";
import { parseTemplate, templatesOverlap } from "./channel-template.js";

it("takes a name apart at . and :", () => {
  expect(parseTemplate("entity:{entity}.{id}")).toEqual({
    separators: ":.",
    segments: [
      { kind: "literal", text: "entity" },
      { kind: "param", name: "entity" },
      { kind: "param", name: "id" },
    ],
  });
});

it.each(["", "a..b", "a.{id", "a.x{id}", "a.{1d}", "a.{}", "a b", "a/b", "a.", ".a", "a.%41", "x".repeat(513)])(
  "refuses the name %j with a sentence about what to write",
  (name) => {
    expect(() => parseTemplate(name)).toThrow(TypeError);
    expect(() => parseTemplate(name)).toThrow(/name of 1 to|write letters/);
  },
);

it("refuses one placeholder used twice", () => {
  expect(() => parseTemplate("a.{id}.{id}")).toThrow(/\{id\} twice/);
});

it.each([
  ["orders.{id}", "orders.all", true],
  ["orders.{id}", "orders.{other}", true],
  ["{a}.x", "y.{b}", true],
  ["orders.{id}", "carts.{id}", false],
  ["orders.{id}", "orders:{id}", false],
  ["orders.{id}", "orders.{id}.status", false],
])("decides whether %s and %s could match one name", (a, b, overlap) => {
  expect(templatesOverlap(parseTemplate(a), parseTemplate(b))).toBe(overlap);
});
