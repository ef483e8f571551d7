/** When a delivery that failed is tried again. */
export interface RetryScheduleOptions {
  /**
   * Whether there are further retries after those after 1 s and 2 s: from 10 s on, four times as long each, up to 10 h; default true.
   * With all of them a receiver may be away for a day.
   */
  readonly longRetries?: boolean;
  /** Attempts for one delivery, the first included; default 11, and 3 without `longRetries`. */
  readonly maxAttempts?: number;
}

/** When a failed delivery is tried again. */
export class RetrySchedule {
  readonly maxAttempts: number;
  readonly #random: () => number;

  constructor({ longRetries = true, maxAttempts = Infinity }: RetryScheduleOptions, random: () => number) {
    if (!(maxAttempts >= 1)) throw new TypeError(`maxAttempts is ${maxAttempts}; at least 1 attempt has to be made.`);
    this.maxAttempts = Math.min(maxAttempts, longRetries ? LONG_ATTEMPTS : FIRST_DELAYS_MS.length + 1);
    this.#random = random;
  }

  /** Milliseconds until the next attempt, after `attempts` have failed; undefined where there is none. */
  delayAfter(attempts: number, retryAfterMs = 0): number | undefined {
    if (attempts >= this.maxAttempts) return undefined;
    const delay = FIRST_DELAYS_MS[attempts - 1] ?? this.#jittered(attempts - FIRST_DELAYS_MS.length - 1);
    return Math.max(delay, Math.min(retryAfterMs, LONGEST_MS));
  }

  /** Between half of the full delay and the full delay: the deliveries of one outage do not all come back at the same moment. */
  #jittered(step: number): number {
    const full = Math.min(10_000 * 4 ** step, LONGEST_MS);
    return Math.round(full / 2 + (this.#random() * full) / 2);
  }
}

const FIRST_DELAYS_MS: readonly number[] = [1_000, 2_000];
const LONGEST_MS = 36_000_000; // 10 h
const LONG_ATTEMPTS = 11; // 1 + 2 + 8: the last one 18 to 27 h after the first
