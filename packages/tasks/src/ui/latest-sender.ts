/** Sends the latest of many values, never two at a time and not too often: on a slow connection there are fewer, not later ones. */
export class LatestSender<Value> {
  readonly #send: (value: Value) => Promise<unknown>;
  readonly #pause: () => Promise<unknown>;
  #next: { readonly value: Value } | undefined;
  #isBusy = false;

  /** `send` may reject: the next value is newer. `pause` resolves when another one may go. */
  constructor(send: (value: Value) => Promise<unknown>, pause: () => Promise<unknown>) {
    this.#send = send;
    this.#pause = pause;
  }

  /** Sends a value, unless a later one comes before its turn. */
  offer(value: Value): void {
    this.#next = { value };
    if (!this.#isBusy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    while (this.#next) {
      const { value } = this.#next;
      this.#next = undefined;
      await Promise.all([this.#send(value).catch(() => undefined), this.#pause()]);
    }
    this.#isBusy = false;
  }
}
