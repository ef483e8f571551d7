import { expect, it } from "vitest";
import { ReadIndex } from "./read-index.js";
import type { RowChange, RowImage } from "@repo/realtime-postgres";

it("finds the readers of a table, of the old value and of the new one, each once", () => {
  const index = new ReadIndex<string>();
  index.add("whole", [{ table: "1", equals: undefined }]);
  index.add("room 1", [{ table: "1", equals: { column: "room", value: 1 } }]);
  index.add(
    "rooms 1 and 2",
    [1, 2].map((value) => ({ table: "1", equals: { column: "room", value } })),
  );
  index.add("room 3", [{ table: "1", equals: { column: "room", value: 3 } }]);
  index.add("other", [{ table: "2", equals: undefined }]);
  expect([...index.readersOf(update({ room: 2 }, { room: 1 }))]).toEqual(["whole", "rooms 1 and 2", "room 1"]);
  expect([...index.readersOf(update({ room: 9 }, { room: 8 }))]).toEqual(["whole"]);
  expect([
    ...index.readersOf({ ...update({}, {}), kind: "unknown", before: undefined, after: undefined }),
  ]).toHaveLength(4);
  expect([...index.readersOf({ ...update({}, {}), table: "3" })]).toEqual([]);
});

it("takes every reader where the image has no such column", () => {
  const index = new ReadIndex<string>();
  index.add("room 1", [{ table: "1", equals: { column: "room", value: 1 } }]);
  expect([...index.readersOf(update({ id: 1 }, { id: 1 }))]).toEqual(["room 1"]);
});

it("distinguishes a number from a text, and null from both", () => {
  const index = new ReadIndex<string>();
  for (const value of [1, "1", null])
    index.add(JSON.stringify(value), [{ table: "1", equals: { column: "a", value } }]);
  expect([...index.readersOf(update({ a: 1 }, { a: null }))]).toEqual(["1", "null"]);
});

it("replaces a reader's reads, and keeps nothing of one that is removed", () => {
  const index = new ReadIndex<string>();
  index.add("a", [{ table: "1", equals: { column: "room", value: 1 } }]);
  index.add("a", [{ table: "2", equals: undefined }]);
  expect([...index.readersOf(update({ room: 1 }, { room: 1 }))]).toEqual([]);
  expect([...index.tables]).toEqual(["2"]);
  index.remove("a");
  expect([index.size, ...index.tables]).toEqual([0]);
});

it("renders 10 of 10 000 pages over 1 000 parents for a changed row, and visits no other", () => {
  const index = new ReadIndex<number>();
  for (let page = 0; page < 10_000; page += 1)
    index.add(page, [
      { table: "1", equals: { column: "id", value: page % 1_000 } },
      { table: "2", equals: { column: "parent_id", value: page % 1_000 } },
    ]);
  const change = { ...update({ parent_id: 7 }, { parent_id: 7 }), table: "2" };
  expect(index.readersOf(change).size).toBe(10);
});

function update(before: RowImage, after: RowImage): RowChange {
  return { xid: 1n, table: "1", kind: "update", before, after };
}
