import fc from "fast-check";
import { expect, it } from "vitest";
import { DueHeap, type DueItem } from "./due-heap.js";

const item = (due: number): DueItem => ({ due, slot: -1 });

function emptied(heap: DueHeap<DueItem>): number[] {
  const dues: number[] = [];
  for (let first = heap.first; first; first = heap.first) {
    dues.push(first.due);
    heap.remove(first);
  }
  return dues;
}

it("gives back in the order of time what was added, without what was removed", () => {
  const entries = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.boolean()), { maxLength: 60 });
  fc.assert(
    fc.property(entries, (all) => {
      const heap = new DueHeap<DueItem>();
      const items = all.map(([due, stays]) => ({ item: item(due), stays }));
      for (const entry of items) heap.add(entry.item);
      for (const entry of items) if (!entry.stays) heap.remove(entry.item);
      const expected = all.filter(([, stays]) => stays).map(([due]) => due);
      expect(emptied(heap)).toEqual(expected.sort((a, b) => a - b));
    }),
    { numRuns: 500 },
  );
});

it("ignores the removal of what it does not hold", () => {
  const heap = new DueHeap<DueItem>();
  const [held, gone] = [item(1), item(2)];
  for (const each of [held, gone]) heap.add(each);
  for (const _twice of [1, 2]) heap.remove(gone);
  expect(heap.size).toBe(1);
  heap.clear();
  heap.remove(held);
  expect(heap.first).toBeUndefined();
});

it("visits one path of the tree at each operation, however many items there are", () => {
  let visited = 0;
  const counted = (due: number) => ({
    slot: -1,
    get due() {
      visited += 1;
      return due;
    },
  });
  const heap = new DueHeap<DueItem>();
  for (let n = 0; n < 50_000; n += 1) heap.add(counted((n * 7_919) % 50_000));
  visited = 0;
  const first = heap.first;
  if (first) heap.remove(first);
  heap.add(counted(0));
  expect(visited).toBeLessThan(200);
});
