import type { Clock } from "@repo/core-realtime";

/** How often a connection may join channels that have presence. */
export interface JoinRateOptions {
  /** Joins per second, in the long run. */
  readonly perSecond: number;
  /** Joins at once. */
  readonly burst: number;
}

/** The default: each join and leave is delivered to all who watch, so it costs more than other frames. */
export const DEFAULT_JOIN_RATE: JoinRateOptions = {
  perSecond: 1, // a user who moves from page to page as fast as pages load
  burst: 30, // a reconnect with all subscriptions: 25 channels and their presence
};

interface Bucket {
  readonly tokens: number;
  /** Monotonic milliseconds. */
  readonly filledAt: number;
}

/** A token bucket per connection. */
export class JoinRate {
  readonly #buckets = new Map<string, Bucket>();
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #rate: JoinRateOptions;

  constructor(clock: Pick<Clock, "monotonic">, rate: JoinRateOptions) {
    if (!(rate.perSecond > 0) || !(rate.burst >= 1))
      throw new TypeError("createPresence: joinRate needs a perSecond above 0 and a burst of at least 1.");
    this.#clock = clock;
    this.#rate = rate;
  }

  /** Takes one join; 0 where there was one, else the milliseconds until the next. */
  take(connectionId: string): number {
    const { perSecond, burst } = this.#rate;
    const now = this.#clock.monotonic();
    const { tokens, filledAt } = this.#buckets.get(connectionId) ?? { tokens: burst, filledAt: now };
    const filled = Math.min(burst, tokens + ((now - filledAt) / 1_000) * perSecond);
    const isAllowed = filled >= 1;
    this.#buckets.set(connectionId, { tokens: isAllowed ? filled - 1 : filled, filledAt: now });
    return isAllowed ? 0 : Math.ceil(((1 - filled) / perSecond) * 1_000);
  }

  forget(connectionId: string): void {
    this.#buckets.delete(connectionId);
  }
}
