/** A moment that a test holds: whoever comes to it waits until the test lets go. */
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

  /** Lets go of whoever waits, and of those still to come. */
  release(): void {
    this.#release();
  }
}
