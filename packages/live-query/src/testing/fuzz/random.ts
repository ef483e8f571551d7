/** Numbers that look random and are the same for the same seed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** True this often. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** 0 up to, not including, `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new TypeError("The list is empty.");
    return list[this.below(list.length)] as T;
  }

  /** Some of the list, in its order. */
  some<T>(list: readonly T[], probability = 0.5): readonly T[] {
    return list.filter(() => this.chance(probability));
  }

  /** One that is independent of how often this one is used from now on. */
  fork(): Random {
    return new Random(Math.floor(this.next() * 4294967296));
  }
}
