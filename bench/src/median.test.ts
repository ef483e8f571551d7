import { expect, it } from "vitest";
import { median } from "./median.js";

it.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 100, 1, 2], 9],
])("finds the middle of %j", (values, middle) => {
  expect(median(values)).toBe(middle);
});
