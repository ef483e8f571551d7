/** A point at which callers wait until the test releases them. */
export class Hold {
  #reach: () => void = () => undefined;
  #release: () => void = () => undefined;
  readonly #released = new Promise<void>((resolve) => {
    this.#release = resolve;
  });
  /** Resolves when a caller has arrived. */
  readonly reached = new Promise<void>((resolve) => {
    this.#reach = resolve;
  });

  /** Arrives, and waits until the release. */
  async pass(): Promise<void> {
    this.#reach();
    await this.#released;
  }

  /** Releases the callers that wait, and those still to come. */
  release(): void {
    this.#release();
  }
}
