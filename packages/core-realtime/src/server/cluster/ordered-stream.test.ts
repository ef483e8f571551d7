import { expect, it } from "vitest";
import { OrderedStream, type HoldBudget } from "./ordered-stream.js";

function streamUnderTest({ budget = { left: 100 }, next }: { budget?: HoldBudget; next?: number } = { next: 1 }) {
  const seen: (number | "lost")[] = [];
  const sink = { deliver: (item: number) => seen.push(item), onLoss: () => seen.push("lost") };
  const stream = new OrderedStream<number>(sink, budget, next);
  const accept = (number: number, at = 0, size = 1) => stream.accept(number, { item: number, size, at });
  return { stream, accept, seen, budget };
}

it("restores the order, and drops what comes twice, early or late", () => {
  const { accept, seen, stream } = streamUnderTest();
  for (const number of [1, 3, 3, 4, 1, 2, 2, 4, 5]) accept(number);
  expect(seen).toEqual([1, 2, 3, 4, 5]);
  expect(stream.isWaiting).toBe(false);
});

it("reports what is missing once its time is over, and drops it where it comes after all", () => {
  const { accept, seen, stream } = streamUnderTest();
  accept(2, 10);
  accept(4, 30);
  stream.skipMissing(9);
  expect(seen).toEqual([]);
  stream.skipMissing(10);
  expect(seen).toEqual(["lost", 2]);
  accept(1);
  stream.skipMissing(30);
  accept(3);
  expect(seen).toEqual(["lost", 2, "lost", 4]);
});

it("notices that the last items are missing when the publisher reports how far it is", () => {
  const { accept, seen, stream } = streamUnderTest();
  accept(1);
  stream.expect(1, 5);
  expect(stream.isWaiting).toBe(false);
  stream.expect(3, 10);
  accept(2, 11);
  stream.skipMissing(10);
  expect(seen).toEqual([1, 2, "lost"]);
  accept(4);
  expect(seen.at(-1)).toBe(4);
});

it("does not report what comes in time", () => {
  const { accept, seen, stream } = streamUnderTest();
  stream.expect(2, 10);
  accept(2, 11);
  accept(1, 12);
  stream.skipMissing(100);
  expect(seen).toEqual([1, 2]);
  expect(stream.isWaiting).toBe(false);
});

it("holds everything until it learns where the publisher stood, and drops what came before", () => {
  const { accept, seen, stream } = streamUnderTest({});
  for (const number of [6, 5, 4]) accept(number);
  stream.skipMissing(100);
  expect(seen).toEqual([]);
  stream.startAfter(4);
  stream.startAfter(2);
  expect(seen).toEqual([5, 6]);
  expect(stream.isWaiting).toBe(false);
});

it("gives up waiting where there is no room to hold what is early", () => {
  const { accept, seen, budget } = streamUnderTest({ budget: { left: 2 }, next: 1 });
  for (const number of [3, 4, 6]) accept(number);
  expect(seen).toEqual(["lost", 3, 4, 6]);
  expect(budget.left).toBe(2);
  accept(7);
  expect(seen.at(-1)).toBe(7);
});

it("holds no more than a thousand items, and gives its room back when it is closed", () => {
  const { accept, seen, stream, budget } = streamUnderTest({ budget: { left: 1_000_000 }, next: 1 });
  for (let number = 2; number <= 1_001; number += 1) accept(number);
  expect(seen).toEqual([]);
  accept(1_002);
  expect(seen.filter((item) => item === "lost")).toHaveLength(1);
  expect(seen.at(-1)).toBe(1_002);
  accept(1_010);
  stream.close();
  expect(budget.left).toBe(1_000_000);
});
