import { BASELINES, CONTENDER_NAMES, type ContenderName } from "../contender-name.js";
import type { Row, Scenario } from "../scenario.js";
import { compareWithGoal, type GoalResult } from "./goal.js";

/** A goal, with the result of a run. */
export interface MeasuredGoal extends GoalResult {
  readonly scenario: string;
  readonly label: string;
  readonly contender: ContenderName;
}

/** Compares every goal of a scenario whose contender ran, beside its baseline where it is measured against it. */
export function resultsOf({ title }: Scenario, rows: readonly Row[]): readonly MeasuredGoal[] {
  return rows.flatMap(({ label, values, goals = {} }) =>
    CONTENDER_NAMES.flatMap((contender) => {
      const [goal, ours, baseline] = [goals[contender], values.get(contender), BASELINES[contender]];
      const compared = goal && ours !== undefined && compareWithGoal(goal, ours, baseline && values.get(baseline));
      return compared ? [{ scenario: title, label, contender, ...compared }] : [];
    }),
  );
}

/** The results in Markdown. */
export function goalsTable(results: readonly MeasuredGoal[]): string {
  const lines = results.map(({ scenario, label, contender, wanted, reached, isMet }) =>
    [`${scenario}: ${label}`, contender, wanted, reached, isMet ? "met" : "**missed**"].join(" | "),
  );
  const met = results.filter(({ isMet }) => isMet).length;
  const head = "| what | contender | goal | reached |  |\n| --- | --- | ---: | ---: | --- |";
  return `## Goals\n\n${met} of ${results.length} met.\n\n${[head, ...lines.map((line) => `| ${line} |`)].join("\n")}\n`;
}
