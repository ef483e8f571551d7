import { parse } from "jsonc-parser";
import { expect, it } from "vitest";
import { withBoundaries } from "./boundaries.js";
import { TURBO_JSON } from "./testing/turbo-files.js";

it("adds the boundaries as the last entry, and keeps every other byte", () => {
  const text = withBoundaries(TURBO_JSON) ?? "";
  expect(text.startsWith(TURBO_JSON.slice(0, TURBO_JSON.lastIndexOf("}\n}")))).toBe(true);
  expect(Object.keys(parse(text))).toEqual([...Object.keys(parse(TURBO_JSON)), "boundaries"]);
  expect(withBoundaries(text)).toBe(text);
});

it("takes a comma that ends the list", () => {
  expect(parse(withBoundaries(`{ "tasks": {}, }`) ?? "")).toHaveProperty("boundaries.tags.core");
});

it.each(["", "[]", "{", "{}"])("gives undefined for %j", (text) => {
  expect(withBoundaries(text)).toBeUndefined();
});
