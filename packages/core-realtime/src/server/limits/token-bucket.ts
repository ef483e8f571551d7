/** A limit with a burst: fills at `perSecond`, holds `burst`, by default twice that. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #capacity: number;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, monotonic: number, burst = perSecond * 2) {
    this.#perSecond = perSecond;
    this.#capacity = burst;
    this.#tokens = this.#capacity;
    this.#filledAt = monotonic;
  }

  /** Takes one token; 0 when there was one, else the ms until the next. */
  take(monotonic: number): number {
    const gained = ((monotonic - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#capacity, this.#tokens + gained);
    this.#filledAt = monotonic;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - this.#tokens) / this.#perSecond) * 1000);
  }
}
