import fc from "fast-check";
import { expect, it } from "vitest";
import { patchBetween, patchFrom } from "../testing/reference-patch.js";
import { digest } from "./digest.js";
import type { Row } from "./query-node.js";
import { patchRows, type Operation } from "./row-patch.js";

const rows = (...ids: readonly string[]): readonly Row[] => ids.map((id) => ({ id, text: `row ${id}` }));

/** Lists of rows with ids of their own. */
const list = fc.uniqueArray(fc.record({ id: fc.integer({ min: 0, max: 12 }), text: fc.string({ maxLength: 2 }) }), {
  selector: ({ id }) => id,
});

it("makes any list of rows from any other, by what a server sends", () => {
  fc.assert(
    fc.property(list, list, (before, after) => {
      expect(patchRows(before, patchBetween(before, after))).toEqual(after);
      expect(patchRows(before, patchFrom(before.map(digest), after))).toEqual(after);
    }),
    { numRuns: 1_000 },
  );
});

it("keeps the list and the rows that it was given, and the identity of those that do not change", () => {
  fc.assert(
    fc.property(list, list, (before, after) => {
      const copy = structuredClone(before);
      before.forEach(Object.freeze);
      const next = patchRows(Object.freeze(before), patchBetween(before, after));
      expect(before).toEqual(copy);
      for (const row of before)
        if (next.some((one) => JSON.stringify(one) === JSON.stringify(row))) expect(next).toContain(row);
    }),
  );
});

it("inserts at the end, moves in both directions, and clears", () => {
  const [a, b, c] = rows("a", "b", "c");
  expect(patchRows(rows("a", "b"), [["insert", 2, c as Row]])).toEqual([a, b, c]);
  expect(patchRows(rows("a", "b", "c"), [["move", 0, 2]])).toEqual([b, c, a]);
  expect(patchRows(rows("a", "b", "c"), [["move", 2, 0]])).toEqual([c, a, b]);
  expect(patchRows(rows("a", "b"), [["clear"], ["insert", 0, c as Row]])).toEqual([c]);
});

it.each([
  ["insert", 3, { id: "x" }],
  ["insert", -1, { id: "x" }],
  ["insert", 0.5, { id: "x" }],
  ["insert", 0],
  ["update", 2, { text: "x" }],
  ["update", -1, { text: "x" }],
  ["update", 0],
  ["move", 2, 0],
  ["move", 0, 2],
  ["move", 0, -1],
  ["move", 0],
  ["delete", 2],
  ["delete", -1],
  ["rename", 0],
  [],
])("refuses an operation that does not fit a list of two: %s %s", (...operation) => {
  expect(() => patchRows(rows("a", "b"), [operation as unknown as Operation])).toThrow("PAYLOAD_INVALID");
});
