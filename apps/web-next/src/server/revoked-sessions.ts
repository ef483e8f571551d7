/**
 * Which sealed cookies were ended before their time. A seal alone cannot be taken back.
 * MUST return true from the moment `revoke` resolves until `until` has passed; an entry may be forgotten after that.
 */
export interface IRevokedSessions {
  revoke(sessionId: string, until: number): Promise<void> | void;
  isRevoked(sessionId: string): Promise<boolean> | boolean;
}

/** Kept in this process, for tests: a restart forgets. */
export class InMemoryRevokedSessions implements IRevokedSessions {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get size(): number {
    return this.#until.size;
  }

  revoke(sessionId: string, until: number): void {
    const now = this.#now();
    for (const [id, end] of this.#until) if (end <= now) this.#until.delete(id); // an expired seal is refused anyway
    this.#until.set(sessionId, until);
  }

  isRevoked(sessionId: string): boolean {
    return this.#until.has(sessionId);
  }
}
