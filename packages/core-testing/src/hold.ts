/** A point at which callers wait until the test releases them. */
export class Hold {
  #reach: () => void = () => undefined;
  #release: () => void = () => undefined;
  readonly #released = new Promise<void>((resolve) => {
    this.#release = resolve;
  });
  /** Resolves when somebody has come. */
  readonly reached = new Promise<void>((resolve) => {
    this.#reach = resolve;
  });

  /** Comes to the moment, and waits there. */
  async pass(): Promise<void> {
    this.#reach();
    await this.#released;
  }

  /** Releases the callers that wait, and those still to come. */
  release(): void {
    this.#release();
  }
}
