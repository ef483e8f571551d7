import { BASELINES, CONTENDER_NAMES, type ContenderName } from "../contender-name.js";
import type { Row, Scenario } from "../scenario.js";
import { judge, type Judgement } from "./goal.js";

/** A goal, judged by a run. */
export interface Verdict extends Judgement {
  readonly scenario: string;
  readonly label: string;
  readonly contender: ContenderName;
}

/** Judges every goal of a scenario whose contender ran, beside its baseline where it is measured against it. */
export function verdictsOf({ title }: Scenario, rows: readonly Row[]): readonly Verdict[] {
  return rows.flatMap(({ label, values, goals = {} }) =>
    CONTENDER_NAMES.flatMap((contender) => {
      const [goal, ours, baseline] = [goals[contender], values.get(contender), BASELINES[contender]];
      const judgement = goal && ours !== undefined && judge(goal, ours, baseline && values.get(baseline));
      return judgement ? [{ scenario: title, label, contender, ...judgement }] : [];
    }),
  );
}

/** The verdicts in Markdown. */
export function goalsTable(verdicts: readonly Verdict[]): string {
  const lines = verdicts.map(({ scenario, label, contender, wanted, reached, isMet }) =>
    [`${scenario}: ${label}`, contender, wanted, reached, isMet ? "met" : "**missed**"].join(" | "),
  );
  const met = verdicts.filter(({ isMet }) => isMet).length;
  const head = "| what | contender | goal | reached |  |\n| --- | --- | ---: | ---: | --- |";
  return `## Goals\n\n${met} of ${verdicts.length} met.\n\n${[head, ...lines.map((line) => `| ${line} |`)].join("\n")}\n`;
}
