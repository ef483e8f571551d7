import { pick, type Scale } from "./scale.js";

const MINUTE_MS = 60_000;
const LATE_SHARE = 0.7; // of the limit; measured once, what is left takes about a third of its time

/** The time that a run may take. */
export class TimeBudget {
  readonly limitMs: number;
  readonly #now: () => number;
  readonly #since: number;
  #wasLate = false;

  constructor(scale: Scale, now: () => number) {
    this.limitMs = pick(scale, { full: 15 * MINUTE_MS, quick: 2 * MINUTE_MS, smoke: MINUTE_MS });
    this.#now = now;
    this.#since = now();
  }

  get spentMs(): number {
    return this.#now() - this.#since;
  }

  /** From now on everything is measured once, or the run takes longer than its limit. */
  isLate(): boolean {
    this.#wasLate ||= this.spentMs > this.limitMs * LATE_SHARE;
    return this.#wasLate;
  }

  /** Nothing more is measured. */
  isOver(): boolean {
    return this.spentMs > this.limitMs;
  }

  /** For the tables of a run that was shortened. */
  get note(): string {
    const minutes = (this.limitMs * LATE_SHARE) / MINUTE_MS;
    return this.#wasLate ? `; what was still to be measured after ${minutes.toFixed(1)} minutes was measured once` : "";
  }
}
