import { expect, it } from "vitest";
import { PairLatency } from "./pair-latency";

function pairAt(board: string): PairLatency {
  const latency = new PairLatency();
  latency.shows("left", board, 0);
  latency.shows("right", board, 0);
  return latency;
}

it("times a change from the side that shows it first to the other side, in either direction", () => {
  const latency = pairAt("a");
  expect(latency.shows("left", "ab", 100)).toBeUndefined();
  expect(latency.shows("right", "ab", 112)).toEqual({ from: "left", ms: 12 });
  expect(latency.shows("right", "abc", 200)).toBeUndefined();
  expect(latency.shows("left", "abc", 207)).toEqual({ from: "right", ms: 7 });
});

it("times the last of several changes where the states between them were never shown on the other side", () => {
  const latency = pairAt("a");
  for (const [at, board] of ["ab", "abc", "abcd"].entries()) latency.shows("left", board, at);
  expect(latency.shows("right", "abcd", 30)).toEqual({ from: "left", ms: 28 });
});

it("times nothing where a change was taken back before it arrived, and goes on with the next one", () => {
  const latency = pairAt("a");
  latency.shows("left", "ab", 10);
  latency.shows("left", "a", 20);
  latency.shows("left", "ax", 30);
  expect(latency.shows("right", "ax", 35)).toEqual({ from: "left", ms: 5 });
});

it("times nothing that a cut connection has held back", () => {
  const latency = pairAt("a");
  latency.shows("left", "ab", 10);
  latency.reset();
  latency.shows("left", "ab", 5_000);
  latency.shows("right", "a", 5_000);
  expect(latency.shows("right", "ab", 5_020)).toBeUndefined();
  latency.shows("left", "abc", 6_000);
  expect(latency.shows("right", "abc", 6_009)).toEqual({ from: "left", ms: 9 });
});
