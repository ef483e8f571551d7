import fc from "fast-check";
import { expect, it } from "vitest";
import { MAX_WISHED_RANK, rankBetween } from "./rank-between.js";
import { taskRank, wishedRank } from "./task.js";

it("begins in the middle, and goes on in steps of one to both sides", () => {
  expect(rankBetween(null, null)).toBe("V");
  expect(rankBetween("V", null)).toBe("W");
  expect(rankBetween(null, "V")).toBe("U");
  expect(rankBetween("A", "C")).toBe("B");
});

it("always finds a place between two neighbours, whatever was inserted where before", () => {
  const places = fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(places, (inserts) => {
      const ranks: string[] = [];
      for (const insert of inserts) {
        const at = insert % (ranks.length + 1);
        ranks.splice(at, 0, rankBetween(ranks[at - 1] ?? null, ranks[at] ?? null));
      }
      expect([...new Set(ranks)].sort()).toEqual(ranks);
      for (const rank of ranks) expect(taskRank.safeParse(rank).success).toBe(true);
    }),
  );
});

it("finds a place between any two ranks that are ranks at all", () => {
  const rank = fc.stringMatching(/^[0-9A-Za-z]{0,6}[1-9A-Za-z]$/);
  fc.assert(
    fc.property(rank, rank, (one, other) => {
      fc.pre(one !== other);
      const [low, high] = one < other ? [one, other] : [other, one];
      const between = rankBetween(low, high);
      expect(low < between && between < high).toBe(true);
      expect(taskRank.safeParse(between).success).toBe(true);
    }),
  );
});

it.each([
  ["below each other", (ranks: readonly string[]) => rankBetween(ranks.at(-1) ?? null, null)],
  ["on top of each other", (ranks: readonly string[]) => rankBetween(null, ranks.at(-1) ?? null)],
  ["always just below the first", (ranks: readonly string[]) => rankBetween("V", ranks.at(-1) ?? null)],
])("stays short where a thousand cards are put %s", (_where, next) => {
  const ranks: string[] = [];
  for (let card = 0; card < 1_000; card += 1) ranks.push(next(ranks));
  expect(Math.max(...ranks.map(({ length }) => length))).toBeLessThan(25);
});

it("goes just after the first where two cards share a rank", () => {
  expect(rankBetween("V", "V") > "V").toBe(true);
  expect(rankBetween("V", "V") < rankBetween("V", "W")).toBe(true);
});

it.each([
  ["z".repeat(MAX_WISHED_RANK), null],
  [null, `${"0".repeat(100)}1`],
  ["V".repeat(256), `${"V".repeat(255)}W`],
])("is a rank that a client may send next to %s and %s too", (before, after) => {
  expect(wishedRank.safeParse(rankBetween(before, after)).success).toBe(true);
});
