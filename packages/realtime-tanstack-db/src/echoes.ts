const MAX_HEARD = 1_000; // echoes and answers come within seconds of each other

/** Which of one's own mutations the channel has said again, and who waits for that. */
export class Echoes {
  readonly #heard = new Set<string>();
  readonly #waiting = new Map<string, () => void>();

  /** Resolves when the echo has come; at once where it came before the answer. */
  of(mutationId: string): Promise<void> {
    if (this.#heard.delete(mutationId)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.set(mutationId, resolve));
  }

  hear(mutationId: string): void {
    const resolve = this.#waiting.get(mutationId);
    this.#waiting.delete(mutationId);
    if (resolve) return resolve();
    this.#heard.add(mutationId);
    for (const oldest of this.#heard) if (this.#heard.size > MAX_HEARD) this.#heard.delete(oldest);
  }

  /** A fresh copy holds whatever was accepted before: nobody waits any more. */
  hearAll(): void {
    for (const resolve of this.#waiting.values()) resolve();
    this.#waiting.clear();
  }
}
