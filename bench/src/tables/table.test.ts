import { expect, it } from "vitest";
import type { ColumnName } from "../contender-name.js";
import { defineScenario, type Row } from "../scenario.js";
import { ratioOf, tableOf } from "./table.js";

const scenario = defineScenario({ name: "a", title: "A title", unit: "µs", note: "A note.", cases: () => [], run: async () => [] }); // prettier-ignore
const row = (label: string, values: Partial<Record<ColumnName, number>>): Row => ({
  label,
  values: new Map(Object.entries(values) as [ColumnName, number][]),
});

it("sets ours beside its baseline and the hand-written one, and as ratios", () => {
  const rows = [
    row("one", { ws: 10, "Hand-written ws": 20, "Fourgate ws": 1.25 }),
    row("two", { ws: 1, "Fourgate ws": 2 }),
  ];
  expect(tableOf(scenario, rows)).toBe(
    `## A title

In µs; less is better, × is how many times less. A note.

|  | ws | Hand-written ws | Fourgate ws | × | × hand-written |
| --- | ---: | ---: | ---: | ---: | ---: |
| one | 10 | 20 | 1.25 | **8** | **16** |
| two | 1 | – | 2 | **0.5** | **–** |
`,
  );
});

it("marks what was computed", () => {
  expect(tableOf(scenario, [row("one", { SSE: 1, Phoenix: 144, Centrifugo: 170 })])).toContain(
    "|  | SSE | Phoenix (computed) | Centrifugo (computed) |",
  );
});

it("gives no ratio where the baseline did not run", () => {
  expect(tableOf(scenario, [row("one", { "Fourgate ws": 1 })])).toContain("| one | 1 |\n");
  expect(ratioOf(row("one", { "Fourgate ws": 1 }), "Fourgate ws")).toBeUndefined();
});

it("computes ratios against any other column", () => {
  const { values } = row("one", { "Hand-written ws": 3, "Fourgate ws": 2, Phoenix: 1 });
  expect(ratioOf({ label: "one", values }, "Fourgate ws", "Hand-written ws")).toBe(1.5);
  expect(ratioOf({ label: "one", values }, "Phoenix")).toBeUndefined();
});
