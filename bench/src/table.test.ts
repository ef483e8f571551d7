import { expect, it } from "vitest";
import type { ContenderName } from "./contender-name.js";
import type { Row, Scenario } from "./scenario.js";
import { tableOf } from "./table.js";

const scenario: Scenario = { name: "a", title: "A title", unit: "µs", note: "A note.", run: async () => [] };
const values = (entries: Partial<Record<ContenderName, number>>) =>
  new Map(Object.entries(entries) as [ContenderName, number][]);

it("sets ours beside its baseline, and as a ratio", () => {
  const rows: readonly Row[] = [{ label: "one", values: values({ ws: 10, "Fourgate ws": 1.25 }) }];
  expect(tableOf(scenario, rows)).toBe(
    `## A title

In µs; less is better, × is how many times less. A note.

|  | ws | Fourgate ws | × |
| --- | ---: | ---: | ---: |
| one | 10 | 1.25 | **8** |
`,
  );
});

it("gives no ratio to who ran without his baseline", () => {
  expect(tableOf(scenario, [{ label: "one", values: values({ "Fourgate ws": 1 }) }])).toContain("| one | 1 |\n");
});
