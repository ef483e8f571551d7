/** Memberships that have ended, by the last heartbeat known of each: what still arrives of them is ignored, and they join under a new name. */
export class EndedMemberships {
  readonly #beats = new Map<string, number>();

  add(id: string, beat: number): void {
    this.#beats.delete(id);
    this.#beats.set(id, beat);
    for (const oldest of this.#beats.keys()) {
      if (this.#beats.size <= KEPT) return;
      this.#beats.delete(oldest);
    }
  }

  has(id: string): boolean {
    return this.#beats.has(id);
  }

  /** It continues: this heartbeat is newer than the last one known when it ended. */
  isAlive(id: string, beat: number): boolean {
    return beat > (this.#beats.get(id) ?? Number.POSITIVE_INFINITY);
  }
}

const KEPT = 1_000;
