import type { Ledger } from "./ledger.js";

export const AREAS = ["budget", "people", "product", "rules"] as const;
export const GROUPS = ["Engineering", "Design", "Support", "Finance"] as const;
export const MAJORITIES = { half: "More than half", twoThirds: "Two thirds", all: "Everybody" } as const;

/** Something to vote on. */
export interface Proposal {
  readonly title: string;
  readonly area: (typeof AREAS)[number];
  readonly reason: string;
  readonly groups: readonly (typeof GROUPS)[number][];
  readonly majority: keyof typeof MAJORITIES;
}

/** Proposals that were submitted; kept as entries of the ledger. */
export class Proposals {
  readonly #ledger: Ledger;
  #count = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  get count(): number {
    return this.#count;
  }

  /** Returns its number. */
  submit({ title, groups }: Proposal): number {
    this.#count += 1;
    this.#ledger.append("decision", `Proposal ${this.#count}, “${title}”, is open to ${groups.join(", ")}`);
    return this.#count;
  }
}
