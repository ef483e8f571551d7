import { RealtimeError, type Clock } from "@repo/core-realtime";
import { SubjectBuckets } from "@repo/core-realtime/server";

/** Whose claims are counted together. */
export interface Claimer {
  readonly key: string;
  /** One user; those of one address; or all visitors whose address is unknown, as behind a proxy. */
  readonly who: "user" | "address" | "unknown";
}

/** Claims of one user that are kept at once, about; more come as the first expire. */
const CLAIMS = 1_000;
const TIMES = { user: 1, address: 10, unknown: 50 } as const; // half of the 100 000 that a store in memory keeps

/** Limits the claims of each user, of each address and of all visitors without one on this node, so that none of them fills the place in which claims of all are kept. */
export class ClaimQuota {
  readonly #buckets: Readonly<Record<Claimer["who"], SubjectBuckets>>;
  readonly #clock: Pick<Clock, "monotonic">;

  /** @param keptMs How long a claim is kept. */
  constructor(keptMs: number, clock: Pick<Clock, "monotonic">) {
    const bucketsOf = (times: number) =>
      new SubjectBuckets({ perSecond: (times * CLAIMS * 1_000) / keptMs, burst: times * CLAIMS });
    this.#buckets = {
      user: bucketsOf(TIMES.user),
      address: bucketsOf(TIMES.address),
      unknown: bucketsOf(TIMES.unknown),
    };
    this.#clock = clock;
  }

  /** Whatever `claim` returns. A claim that was made before is not counted. @throws RealtimeError RATE_LIMITED with `retryAfterMs`. */
  async take({ key, who }: Claimer, claim: () => Promise<boolean>): Promise<boolean> {
    const now = this.#clock.monotonic();
    const bucket = this.#buckets[who].of(key, now);
    const retryAfterMs = bucket.take(now);
    if (retryAfterMs > 0)
      throw new RealtimeError("RATE_LIMITED", { detail: "too many actions that run once", retryAfterMs });
    const isFirst = await claim();
    if (!isFirst) bucket.giveBack();
    return isFirst;
  }
}
