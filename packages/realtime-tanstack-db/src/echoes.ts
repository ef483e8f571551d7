const MAX_RECEIVED = 1_000; // echoes and replies arrive within seconds of each other

/** The own mutations whose echo has arrived on the channel, and the waiters for those that have not. */
export class Echoes {
  readonly #received = new Set<string>();
  readonly #waiting = new Map<string, () => void>();

  /** Resolves when the echo has arrived; at once where it arrived before the reply. */
  of(mutationId: string): Promise<void> {
    if (this.#received.delete(mutationId)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.set(mutationId, resolve));
  }

  receive(mutationId: string): void {
    const resolve = this.#waiting.get(mutationId);
    this.#waiting.delete(mutationId);
    if (resolve) return resolve();
    this.#received.add(mutationId);
    for (const oldest of this.#received) if (this.#received.size > MAX_RECEIVED) this.#received.delete(oldest);
  }

  /** A fresh copy contains all that was accepted before: no mutation waits any more. */
  receiveAll(): void {
    for (const resolve of this.#waiting.values()) resolve();
    this.#waiting.clear();
  }
}
