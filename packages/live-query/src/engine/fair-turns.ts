interface Waiting<Owner> {
  readonly owner: Owner;
  readonly begin: () => void;
}

/** Lets a number of works run at the same time, of which one owner has half at most: slow works of one do not hold up those of others. */
export class FairTurns<Owner> {
  readonly #most: number;
  readonly #mostOfOne: number;
  readonly #waiting: Waiting<Owner>[] = [];
  /** How many run, by owner. */
  readonly #running = new Map<Owner, number>();
  #count = 0;

  constructor(most: number) {
    this.#most = most;
    this.#mostOfOne = Math.max(1, Math.floor(most / 2));
  }

  /** Resolves or rejects as `work` does, which begins when its turn comes. */
  async run<T>(owner: Owner, work: () => Promise<T>): Promise<T> {
    if (this.#isFree(owner)) this.#begin(owner);
    else await new Promise<void>((resolve) => this.#waiting.push({ owner, begin: resolve }));
    try {
      return await work();
    } finally {
      this.#end(owner);
    }
  }

  #isFree(owner: Owner): boolean {
    return this.#count < this.#most && (this.#running.get(owner) ?? 0) < this.#mostOfOne;
  }

  #begin(owner: Owner): void {
    this.#count += 1;
    this.#running.set(owner, (this.#running.get(owner) ?? 0) + 1);
  }

  #end(owner: Owner): void {
    this.#count -= 1;
    const left = (this.#running.get(owner) ?? 1) - 1;
    if (left === 0) this.#running.delete(owner);
    else this.#running.set(owner, left);
    const next = this.#waiting.findIndex((waiting) => this.#isFree(waiting.owner));
    const [found] = next === -1 ? [] : this.#waiting.splice(next, 1);
    if (!found) return;
    this.#begin(found.owner);
    found.begin();
  }
}
