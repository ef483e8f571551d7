import fc from "fast-check";
import { expect, it } from "vitest";
import type { Row } from "../query/query-node.js";
import { patchBetween, patchFromDigests, type KeyedRow } from "./patch.js";
import { patched as applied } from "../testing/shown-rows.js";
import { WindowRows } from "./window-rows.js";

const row = fc.record({
  id: fc.integer({ min: 0, max: 15 }),
  rank: fc.integer({ min: 0, max: 6 }),
  body: fc.integer({ min: 0, max: 2 }),
});
const change = fc.record({ row, isGone: fc.boolean() });
const compare = (a: Row, b: Row) => Number(a["rank"]) - Number(b["rank"]) || Number(a["id"]) - Number(b["id"]);

it("sends what takes a client from one state of the result to the next, for any changes", () => {
  const sizes = fc.record({ limit: fc.integer({ min: 1, max: 6 }), ahead: fc.integer({ min: 1, max: 3 }) });
  fc.assert(
    fc.property(
      sizes,
      fc.array(row, { maxLength: 12 }),
      fc.array(change, { maxLength: 40 }),
      (size, first, changes) => {
        const table = new Map<number, Row>(first.map((each) => [each.id, each]));
        const sorted = () => [...table.values()].sort(compare);
        const window = new WindowRows({ ...size, compare, keyOf: ({ id }) => String(id), rowOf: (image) => image });
        const load = () => window.load(sorted().slice(0, size.limit + size.ahead + 1));
        load();
        let shown: readonly Row[] = window.visible.map(({ row }) => row);
        for (const { row: next, isGone } of changes) {
          if (isGone) table.delete(next.id);
          else table.set(next.id, next);
          shown = applied(shown, window.take(String(next.id), isGone ? undefined : next));
          expect(shown).toEqual(window.visible.map(({ row }) => row));
          if (window.isShort) {
            const before = window.visible;
            load();
            shown = applied(shown, patchBetween(before, window.visible));
          }
          expect(shown).toEqual(sorted().slice(0, size.limit));
          expect(window.isTruncated).toBe(table.size > size.limit);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

it("makes a patch between any two lists, and keeps the rows that stay in order", () => {
  const list = fc
    .uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 12 })
    .chain((ids) =>
      fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), body: fc.integer({ max: 2, min: 0 }) }))),
    );
  const keyed = (rows: readonly { readonly id: number; readonly body: number }[]): readonly KeyedRow[] =>
    rows.map((each) => ({ key: String(each.id), row: each }));
  fc.assert(
    fc.property(list, list, (before, after) => {
      expect(applied(before, patchBetween(keyed(before), keyed(after)))).toEqual(after);
      const digests = (rows: readonly Row[]) => rows.map((each) => JSON.stringify(each));
      const patch = patchFromDigests(digests(before), keyed(after), digests(after));
      expect(applied(before, patch)).toEqual(after);
    }),
    { numRuns: 2_000 },
  );
  const [a, b, c, d] = ["a", "b", "c", "d"].map((key) => ({ key, row: { key } }));
  if (!a || !b || !c || !d) return expect.unreachable();
  expect(patchBetween([a, b, c, d], [b, c, d, a])).toEqual([
    ["delete", 0],
    ["insert", 3, { key: "a" }],
  ]);
  expect(patchBetween([a, b], [a, b])).toEqual([]);
});

it("keeps rows behind the visible ones, so that a deletion needs no query", () => {
  const rows = Array.from({ length: 6 }, (_, id) => ({ id }));
  const window = new WindowRows({
    limit: 2,
    ahead: 3,
    compare: (a, b) => Number(a["id"]) - Number(b["id"]),
    keyOf: ({ id }) => String(id),
    rowOf: (image) => image,
  });
  window.load(rows);
  expect(window.take("0", undefined)).toEqual([
    ["delete", 0],
    ["insert", 1, { id: 2 }],
  ]);
  window.take("1", undefined);
  expect(window.isShort).toBe(false);
  window.take("2", undefined);
  expect(window.isShort).toBe(true);
});
