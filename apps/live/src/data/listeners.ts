/** Listeners for a change. */
export class Listeners {
  readonly #all = new Set<() => void>();

  get size(): number {
    return this.#all.size;
  }

  /** Returns the undo. */
  add(listener: () => void): () => void {
    const own = () => listener(); // the same function may be added twice
    this.#all.add(own);
    return () => void this.#all.delete(own);
  }

  notify(): void {
    for (const listener of [...this.#all]) listener();
  }
}
