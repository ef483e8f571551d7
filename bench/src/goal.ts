/** What one of ours is to reach: so many times less than its baseline, at most so much more than it, or at most so much. */
export type Goal =
  | { readonly kind: "times"; readonly atLeast: number }
  | { readonly kind: "more"; readonly atMost: number }
  | { readonly kind: "bound"; readonly atMost: number };

/** A goal beside what was reached. */
export interface Judgement {
  readonly asked: string;
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

/** Judges what one of ours came to, beside its baseline. */
export function judge(goal: Goal, ours: number, baseline: number): Judgement {
  switch (goal.kind) {
    case "times":
      return { asked: `≥ ${goal.atLeast}×`, reached: `${digits(baseline / ours)}×`, isMet: baseline / ours >= goal.atLeast }; // prettier-ignore
    case "more":
      return { asked: `≤ ${digits(goal.atMost)} more`, reached: `${digits(ours - baseline)} more`, isMet: ours - baseline <= goal.atMost }; // prettier-ignore
    case "bound":
      return { asked: `≤ ${digits(goal.atMost)}`, reached: digits(ours), isMet: ours <= goal.atMost };
    default:
      return goal satisfies never;
  }
}

/** Three digits that count. */
export function digits(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return "–";
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
}
