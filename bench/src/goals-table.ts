import { BASELINES, CONTENDER_NAMES, type ContenderName } from "./contender-name.js";
import { judge, type Judgement } from "./goal.js";
import type { Row, Scenario } from "./scenario.js";

/** A goal, judged by a run. */
export interface Verdict extends Judgement {
  readonly scenario: string;
  readonly label: string;
  readonly contender: ContenderName;
}

/** Judges every goal of a scenario whose contender ran beside its baseline. */
export function verdictsOf({ title }: Scenario, rows: readonly Row[]): readonly Verdict[] {
  return rows.flatMap(({ label, values, goals = {} }) =>
    CONTENDER_NAMES.flatMap((contender) => {
      const [goal, baseline] = [goals[contender], BASELINES[contender]];
      const [ours, theirs] = [values.get(contender), baseline && values.get(baseline)];
      if (!goal || ours === undefined || theirs === undefined) return [];
      return [{ scenario: title, label, contender, ...judge(goal, ours, theirs) }];
    }),
  );
}

/** The verdicts in Markdown. */
export function goalsTable(verdicts: readonly Verdict[]): string {
  const lines = verdicts.map(({ scenario, label, contender, asked, reached, isMet }) =>
    [`${scenario}: ${label}`, contender, asked, reached, isMet ? "met" : "**missed**"].join(" | "),
  );
  const met = verdicts.filter(({ isMet }) => isMet).length;
  const head = "| what | contender | goal | reached |  |\n| --- | --- | ---: | ---: | --- |";
  return `## Goals\n\n${met} of ${verdicts.length} met.\n\n${[head, ...lines.map((line) => `| ${line} |`)].join("\n")}\n`;
}
