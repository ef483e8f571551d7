import { expect, it } from "vitest";
import { BenchFilter } from "./bench-filter.js";
import { defineScenario, type BenchContext, type Scenario } from "./scenario.js";
import { runScenarios } from "./scenario-runs.js";

const scenarioOf = (title: string, run: Scenario["run"]) =>
  defineScenario({ name: title, title, unit: "µs", note: "", cases: () => [{ label: "one" }], run: (context) => run(context, () => true) }); // prettier-ignore
const measures = (title: string) => scenarioOf(title, async () => [{ label: "one", values: new Map([["ws", 1]]) }]);

const runOf = (scenarios: readonly Scenario[], isOver = () => false) => {
  const log: string[] = [];
  const context: BenchContext = {
    ...{ programs: { load: ["none"], loadName: "", server: "", remove: async () => undefined }, contenders: ["ws"] },
    ...{ scale: "smoke", repeats: 1, isLate: () => false, isOver, log: (text) => void log.push(text) },
  };
  const shown: string[] = [];
  const report = {
    ...{ filter: new BenchFilter([]), spentMs: () => 0, onProfile: () => undefined },
    onResult: ({ scenario: { title } }: { readonly scenario: Scenario }) => void shown.push(title),
  };
  return runScenarios(scenarios, context, report).then((runs) => ({ ...runs, log, shown }));
};

it("measures the others where a scenario fails, and reports which and why", async () => {
  const fails = scenarioOf("B", () => Promise.reject(new Error("ws: 9 frames instead of 10.")));
  const { results, failed, log, shown } = await runOf([measures("A"), fails, measures("C")]);
  expect(results.map(({ scenario }) => scenario.title)).toEqual(["A", "C"]);
  expect(shown).toEqual(["A", "C"]);
  expect(failed).toEqual(["B: ws: 9 frames instead of 10."]);
  expect(log.join("\n")).toContain("FAILED: B: Error: ws: 9 frames instead of 10.");
});

it("skips what is left when the time is over, and what a scenario has left out", async () => {
  const partly = scenarioOf("A", async () => []);
  let measured = 0;
  const { skipped } = await runOf([partly, measures("B")], () => measured++ > 0);
  expect(skipped).toEqual(["a part of A", "B"]);
});
