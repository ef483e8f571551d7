/** One run of one listener, and the publishes that were made inside it. */
export class Delivery {
  #running = true;
  readonly #nested: Promise<void>[] = [];

  /** Is the listener still at work? What it started and did not await is no nested publish. */
  get isRunning(): boolean {
    return this.#running;
  }

  end(): void {
    this.#running = false;
  }

  /** Leaves a nested publish for the outermost one to wait for: the listener must not, it may be its own next subscriber. */
  adopt(finished: Promise<void>): void {
    this.#nested.push(finished);
    void Promise.allSettled([finished]); // it may fail before the outermost publish looks
  }

  /** Resolves once the nested publishes have finished. */
  async settled(): Promise<void> {
    await Promise.all(this.#nested);
  }
}
