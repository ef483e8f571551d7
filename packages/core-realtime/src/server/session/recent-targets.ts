const MAX_KEPT = 4_096; // more within one run of a gate: it counts as a match, so that the gate runs again

/**
 * The latest commands that took something away, each under the next number. A gate that has waited compares those that came
 * meanwhile with what it is about to admit; other users' are ignored.
 */
export class RecentTargets<Target> {
  readonly #targets: Target[] = [];
  #count = 0;

  /** How many there have been: what a gate notes before it waits. */
  get count(): number {
    return this.#count;
  }

  add(target: Target): void {
    this.#targets[this.#count % MAX_KEPT] = target;
    this.#count += 1;
  }

  /** Was one of those that came after `count` such a target? True as well where some of them are no longer kept. */
  someSince(count: number, matches: (target: Target) => boolean): boolean {
    if (this.#count - count > MAX_KEPT) return true;
    for (let number = count; number < this.#count; number += 1) {
      const target = this.#targets[number % MAX_KEPT];
      if (target !== undefined && matches(target)) return true;
    }
    return false;
  }
}
