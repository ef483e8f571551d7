import fc from "fast-check";
import { expect, it } from "vitest";
import { findRows } from "../testing/reference-query.js";
import { conditionResult } from "./condition-result.js";
import type { Condition, Row } from "./query-node.js";

const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(null));
const row = fc.record({ a: value, b: value, tags: fc.subarray(["x", "y", "z"]) });
const column = fc.constantFrom("a", "b");
const number = fc.integer({ min: 0, max: 3 });
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.tuple(column, fc.constantFrom("=" as const, "<>" as const, "<" as const, "<=" as const, ">" as const, ">=" as const), number), // prettier-ignore
    fc.tuple(column, fc.constant("in" as const), fc.array(number, { maxLength: 3 })),
    fc.tuple(column, fc.constantFrom("is null" as const, "is not null" as const)),
    fc.tuple(fc.constant("tags"), fc.constant("contains" as const), fc.subarray(["x", "y", "z"])),
    fc.record({ and: fc.array(tie("condition"), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie("condition"), { maxLength: 3 }) }),
    fc.record({ not: tie("condition") }),
  ),
}));

it("agrees with the reference on rows that are known, NULL included", () => {
  fc.assert(
    fc.property(row, condition, (given, where) => {
      expect(conditionResult(given, where) === true).toBe(findRows([given], { table: "t", where }).length === 1);
    }),
    { numRuns: 2_000 },
  );
});

it("gives no result that a column left to the database could make wrong", () => {
  fc.assert(
    fc.property(row, condition, column, (given, where, missing) => {
      const { [missing]: _, ...rest }: Row = given;
      const result = conditionResult(rest, where);
      if (result === undefined) return;
      for (const filled of [null, 0, 1, 2, 3]) {
        const whole = conditionResult({ ...rest, [missing]: filled }, where);
        expect(whole === true).toBe(result);
      }
    }),
    { numRuns: 2_000 },
  );
});

it.each<readonly [unknown, Condition, boolean | undefined]>([
  ["a_c%", ["v", "like", "a\\_c\\%"], true],
  ["abc%", ["v", "like", "a\\_c\\%"], false],
  ["a.c", ["v", "like", "a.c"], true],
  ["abc", ["v", "like", "a.c"], false],
  ["line\nbreak", ["v", "like", "line%"], true],
  ["a😀c", ["v", "like", "a_c"], true],
  ["ABC", ["v", "like", "abc"], false],
  ["ABC", ["v", "ilike", "%b%"], true],
  ["x", ["v", "=", "y"], false],
  ["1.0", ["v", "=", "1"], undefined], // of type text they differ, of type numeric they do not
  ["10", ["v", "<", "9"], undefined],
  ["b", ["v", ">", "a"], undefined], // the collation decides
  ["2026-01-02T00:00:00+00:00", ["v", ">", "2026-01-01T23:00:00.000Z"], true],
  ["2026-01-02T00:00:00+00:00", ["v", "=", "2026-01-02T00:00:00.000Z"], true],
  [true, ["v", "=", true], true],
  [true, ["v", "=", false], false],
  [["a", "b"], ["v", "contains", ["b"]], true],
  ["a,b", ["v", "contains", ["b"]], undefined],
])("%j %j is %s", (v, where, result) => {
  expect(conditionResult({ v }, where)).toBe(result);
});
