export const MEALS = ["ramen", "tacos", "pizza", "salad"] as const;
export type Meal = (typeof MEALS)[number];

/** The votes of all users: one for each open page that has voted. */
export class Poll {
  readonly #votes: Map<Meal, number>;

  constructor(first: Readonly<Partial<Record<Meal, number>>> = {}) {
    this.#votes = new Map(MEALS.map((meal) => [meal, first[meal] ?? 0]));
  }

  of(meal: Meal): number {
    return this.#votes.get(meal) ?? 0;
  }

  get total(): number {
    return MEALS.reduce((sum, meal) => sum + this.of(meal), 0);
  }

  /** Counts a vote for `to`, in place of the one for `from`. */
  vote(to: Meal, from: Meal | ""): void {
    if (from !== "") this.#votes.set(from, Math.max(0, this.of(from) - 1));
    this.#votes.set(to, this.of(to) + 1);
  }
}
