import { expect, it } from "vitest";
import { valueText } from "./value-text.js";

it("is the same for equal values, in whatever order their members are", () => {
  const [a, b] = [
    { page: 1, sort: { by: "name", up: true }, ids: ["b", "a"] },
    { ids: ["b", "a"], sort: { up: true, by: "name" }, page: 1 },
  ];
  expect(valueText(a)).toBe(valueText(b));
  expect(valueText({ ids: ["a", "b"] })).not.toBe(valueText({ ids: ["b", "a"] })); // an array has an order
});

it("is nothing for what is no JSON", () => {
  expect([valueText(undefined), valueText(() => 1)]).toEqual([undefined, undefined]);
});
