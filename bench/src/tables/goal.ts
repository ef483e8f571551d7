/** What one of ours is to reach: so many times less than its baseline, at most so much more than it, or at most so much. */
export type Goal =
  | { readonly kind: "times"; readonly atLeast: number }
  | { readonly kind: "more"; readonly atMost: number }
  | { readonly kind: "bound"; readonly atMost: number };

/** A goal beside what was reached. */
export interface GoalResult {
  readonly wanted: string;
  readonly reached: string;
  readonly isMet: boolean;
}

/** So many times less than its baseline. */
export function times(atLeast: number): Goal {
  return { kind: "times", atLeast };
}

/** At most so much more than its baseline. */
export function atMostMore(value: number): Goal {
  return { kind: "more", atMost: value };
}

/** At most so much, whatever the baseline needs. */
export function atMost(value: number): Goal {
  return { kind: "bound", atMost: value };
}

/** Compares the result of one of ours with its goal, beside its baseline; undefined where a baseline is needed and did not run. */
export function compareWithGoal(goal: Goal, ours: number, baseline: number | undefined): GoalResult | undefined {
  if (goal.kind === "bound")
    return { wanted: `≤ ${digits(goal.atMost)}`, reached: digits(ours), isMet: ours <= goal.atMost };
  if (baseline === undefined) return undefined;
  if (goal.kind === "times") {
    const ratio = baseline / ours;
    return { wanted: `≥ ${goal.atLeast}×`, reached: `${digits(ratio)}×`, isMet: ratio >= goal.atLeast };
  }
  const more = ours - baseline;
  return { wanted: `≤ ${digits(goal.atMost)} more`, reached: `${digits(more)} more`, isMet: more <= goal.atMost };
}

/** Three significant digits. */
export function digits(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return "–";
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
}
