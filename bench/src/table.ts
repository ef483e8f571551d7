import { BASELINES, CONTENDER_NAMES, type ContenderName } from "./contender-name.js";
import { digits } from "./goal.js";
import type { Row, Scenario } from "./scenario.js";

/** A scenario's answer in Markdown: what everybody came to, and ours as a multiple of its baseline. */
export function tableOf({ title, unit, note }: Scenario, rows: readonly Row[]): string {
  const names = CONTENDER_NAMES.filter((name) => rows.some(({ values }) => values.has(name)));
  const heads = ["", ...names.flatMap((name) => (baselineOf(name, names) ? [name, "×"] : [name]))];
  const lines = rows.map((row) => [row.label, ...names.flatMap((name) => cellsOf(row, name, names))]);
  const ruler = heads.map((_, index) => (index === 0 ? "---" : "---:"));
  const table = [heads, ruler, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return `## ${title}\n\nIn ${unit}; less is better, × is how many times less. ${note}\n\n${table}\n`;
}

/** How many times less than its baseline one of ours needs. */
export function ratioOf({ values }: Row, name: ContenderName): number | undefined {
  const baseline = BASELINES[name];
  const [theirs, ours] = [baseline && values.get(baseline), values.get(name)];
  return theirs === undefined || ours === undefined ? undefined : theirs / ours;
}

function cellsOf(row: Row, name: ContenderName, names: readonly ContenderName[]): readonly string[] {
  const cell = digits(row.values.get(name));
  return baselineOf(name, names) ? [cell, `**${digits(ratioOf(row, name))}**`] : [cell];
}

function baselineOf(name: ContenderName, names: readonly ContenderName[]): ContenderName | undefined {
  const baseline = BASELINES[name];
  return baseline !== undefined && names.includes(baseline) ? baseline : undefined;
}
