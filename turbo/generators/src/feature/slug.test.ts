import fc from "fast-check";
import { parseSync } from "oxc-parser";
import { expect, it } from "vitest";
import { Refusal } from "../refusal.js";
import { camelCase, checkSlug, pascalCase } from "./slug.js";

const HOSTILE = [
  ..."|..|.|/|a/b|../etc|a\\b|C:|A|aB|a_b|a.b|a b| a|a |-a|a-|a--b|1a|a-1|ä|é|日本|😀|a\u0000|a\nb|a\u202Eb|__proto__|%2e%2e|$|{a}|--root".split(
    "|",
  ),
  "a".repeat(41),
  "a".repeat(300),
  ..."class constructor prototype con nul aux import await dry-run index".split(" "),
];

it.each(HOSTILE)("refuses %j in one sentence", (slug) => {
  expect(() => checkSlug(slug, "channel")).toThrow(Refusal);
  expect(() => checkSlug(slug, "channel")).toThrow(/^[^\n]+$/);
});

it("says what is missing where there is no name at all", () => {
  expect(() => checkSlug("", "channel")).toThrow(/^A channel needs a name in kebab-case/);
});

it.each(["a", "order-status", "a1", "v2-orders", "a".repeat(40)])("takes %j", (slug) => {
  expect(checkSlug(slug, "channel")).toBe(slug);
});

it("makes an identifier of every slug that it takes, and never one of two", () => {
  const part = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
  const slugs = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("-"));
  fc.assert(
    fc.property(slugs, slugs, (one, other) => {
      fc.pre(one !== other);
      const names = [camelCase(one), camelCase(other), pascalCase(one), pascalCase(other)];
      expect(parseSync("a.ts", names.map((name) => `export const ${name}Channel = 1;`).join("")).errors).toEqual([]);
      expect(new Set(names).size).toBe(4);
    }),
  );
});
