import { BASELINES, CONTENDER_NAMES, type ContenderName } from "./contender-name.js";
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

/** The goals that were missed, in words. */
export function missedGoals(rows: readonly Row[]): readonly string[] {
  return rows.flatMap((row) =>
    CONTENDER_NAMES.flatMap((name) => {
      const goal = row.goals?.[name];
      const ratio = ratioOf(row, name);
      return goal === undefined || ratio === undefined || ratio >= goal
        ? []
        : [`${row.label}: ${name} ${format(ratio)}×, the goal is ${goal}×`];
    }),
  );
}

function cellsOf(row: Row, name: ContenderName, names: readonly ContenderName[]): readonly string[] {
  const cell = format(row.values.get(name));
  if (!baselineOf(name, names)) return [cell];
  const goal = row.goals?.[name];
  const ratio = `**${format(ratioOf(row, name))}**`;
  return [cell, goal === undefined ? ratio : `${ratio} (goal ${goal})`];
}

function baselineOf(name: ContenderName, names: readonly ContenderName[]): ContenderName | undefined {
  const baseline = BASELINES[name];
  return baseline !== undefined && names.includes(baseline) ? baseline : undefined;
}

function ratioOf({ values }: Row, name: ContenderName): number | undefined {
  const baseline = BASELINES[name];
  const [theirs, ours] = [baseline && values.get(baseline), values.get(name)];
  return theirs === undefined || ours === undefined ? undefined : theirs / ours;
}

/** Three digits that count. */
function format(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return "–";
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
}
