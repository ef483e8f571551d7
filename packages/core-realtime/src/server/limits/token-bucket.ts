/** How fast a bucket fills, and how much it holds at most. */
export interface Rate {
  /** How many tokens a second are added. */
  readonly perSecond: number;
  /** How many tokens the bucket holds. */
  readonly burst: number;
}

/** A rate whose burst is twice what one second brings. */
export function twice(perSecond: number): Rate {
  return { perSecond, burst: perSecond * 2 };
}

const ROUNDING = 1e-6; // a client that waits retryAfterMs must not be refused for a fraction

/** A limit with a burst. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #filledAt: number;

  constructor(rate: Rate, monotonic: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAt = monotonic;
  }

  /** The ms until so many tokens can be taken; 0: now. More than the burst can be taken from a full bucket, which then owes the rest. */
  wait(monotonic: number, tokens = 1): number {
    const { perSecond, burst } = this.#rate;
    const gained = ((monotonic - this.#filledAt) / 1000) * perSecond;
    this.#tokens = Math.min(burst, this.#tokens + gained);
    this.#filledAt = monotonic;
    const missing = Math.min(tokens, burst) - this.#tokens;
    return missing <= ROUNDING ? 0 : Math.ceil((missing / perSecond) * 1000);
  }

  /** Takes the tokens, where `wait` is 0; else nothing, and returns the ms until then. */
  take(monotonic: number, tokens = 1): number {
    const ms = this.wait(monotonic, tokens);
    if (ms === 0) this.#tokens -= tokens;
    return ms;
  }

  /** Returns one that was taken. */
  giveBack(): void {
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + 1);
  }
}
