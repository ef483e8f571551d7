import fc from "fast-check";
import { expect, it } from "vitest";
import { likePattern } from "./like-pattern.js";

/** LIKE as it is defined, without any optimisation. */
function like(text: readonly string[], pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === "%") return like(text, rest) || (text.length > 0 && like(text.slice(1), pattern));
  const [wanted, left] = first === "\\" ? [rest[0], rest.slice(1)] : [first, rest];
  if (text.length === 0) return false;
  return ((first === "_" && wanted === "_") || wanted === text[0]) && like(text.slice(1), left);
}

it("matches as LIKE is defined, also with characters beyond U+FFFF", () => {
  const letter = fc.constantFrom("a", "b", "\u{1F600}", "\u{1F601}", "%", "_");
  const piece = fc.constantFrom("a", "b", "\u{1F600}", "%", "_", "\\%", "\\_", "\\\\", "\\a");
  const texts = fc.array(letter, { maxLength: 8 });
  const patterns = fc.array(piece, { maxLength: 7 });
  fc.assert(
    fc.property(texts, patterns, (text, pattern) => {
      expect(likePattern(pattern.join(""))?.(text.join(""))).toBe(like(text, [...pattern.join("")]));
    }),
    { numRuns: 5_000 },
  );
});

it("leaves long patterns to the database", () => {
  expect(likePattern("a".repeat(251))).toBeUndefined();
  expect(likePattern(`%${"_".repeat(65)}%`)).toBeUndefined();
  expect(likePattern(`%${"_".repeat(64)}%`)).toBeDefined();
});
