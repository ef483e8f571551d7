import { expect, it } from "vitest";
import { atMost, atMostMore, times, type Goal } from "./goal.js";
import { goalsTable, resultsOf } from "./goals-table.js";
import { defineScenario, type Row } from "../scenario.js";

const scenario = defineScenario({ name: "a", title: "A title", unit: "µs", note: "", cases: () => [], run: async () => [] }); // prettier-ignore
const row = (ours: number, goal: Goal): Row => ({
  label: "one",
  values: new Map([
    ["ws", 10],
    ["Fourgate ws", ours],
  ]),
  goals: { "Fourgate ws": goal },
});

it.each([
  { ours: 5, goal: times(2), isMet: true, reached: "2×" },
  { ours: 5.1, goal: times(2), isMet: false, reached: "1.96×" },
  { ours: 13, goal: atMostMore(3), isMet: true, reached: "3 more" },
  { ours: 13.1, goal: atMostMore(3), isMet: false, reached: "3.1 more" },
  { ours: 4, goal: atMost(4), isMet: true, reached: "4" },
  { ours: 4.1, goal: atMost(4), isMet: false, reached: "4.1" },
])("compares $ours with $goal: met is $isMet", ({ ours, goal, isMet, reached }) => {
  expect(resultsOf(scenario, [row(ours, goal)])).toMatchObject([{ contender: "Fourgate ws", isMet, reached }]);
});

it("compares without the baseline only what needs none", () => {
  const alone = (goal: Goal) => resultsOf(scenario, [{ ...row(5, goal), values: new Map([["Fourgate ws", 5]]) }]);
  expect(alone(times(2))).toEqual([]);
  expect(alone(atMostMore(2))).toEqual([]);
  expect(alone(atMost(5))).toMatchObject([{ isMet: true }]);
});

it("compares nothing that was not measured", () => {
  expect(resultsOf(scenario, [{ ...row(5, atMost(5)), values: new Map([["ws", 5]]) }])).toEqual([]);
});

it("lists every goal, met or missed, with its number beside it", () => {
  expect(goalsTable(resultsOf(scenario, [row(5, times(2)), row(8, times(2))]))).toBe(
    `## Goals

1 of 2 met.

| what | contender | goal | reached |  |
| --- | --- | ---: | ---: | --- |
| A title: one | Fourgate ws | ≥ 2× | 2× | met |
| A title: one | Fourgate ws | ≥ 2× | 1.25× | **missed** |
`,
  );
});
