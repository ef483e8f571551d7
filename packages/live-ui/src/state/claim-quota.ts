import { RealtimeError, type Clock } from "@repo/core-realtime";
import { SubjectBuckets } from "@repo/core-realtime/server";

/** Whose claims are counted together. */
export interface Claimer {
  readonly key: string;
  /** Several visitors have it. */
  readonly isShared: boolean;
}

/** Claims of one user that are kept at once, about; more come as the first expire. */
const CLAIMS = 1_000;
const VISITORS = 10; // as many may share one address, as for requests

/** Limits the claims of each user and address of this node, so that none of them fills the place in which claims of all are kept. */
export class ClaimQuota {
  readonly #single: SubjectBuckets;
  readonly #shared: SubjectBuckets;
  readonly #clock: Pick<Clock, "monotonic">;

  /** @param keptMs How long a claim is kept. */
  constructor(keptMs: number, clock: Pick<Clock, "monotonic">) {
    this.#single = new SubjectBuckets({ perSecond: (CLAIMS * 1_000) / keptMs, burst: CLAIMS });
    this.#shared = new SubjectBuckets({ perSecond: (VISITORS * CLAIMS * 1_000) / keptMs, burst: VISITORS * CLAIMS });
    this.#clock = clock;
  }

  /** Whatever `claim` returns. A claim that was made before is not counted. @throws RealtimeError RATE_LIMITED with `retryAfterMs`. */
  async take({ key, isShared }: Claimer, claim: () => Promise<boolean>): Promise<boolean> {
    const now = this.#clock.monotonic();
    const bucket = (isShared ? this.#shared : this.#single).of(key, now);
    const retryAfterMs = bucket.take(now);
    if (retryAfterMs > 0)
      throw new RealtimeError("RATE_LIMITED", { detail: "too many actions that run once", retryAfterMs });
    const isFirst = await claim();
    if (!isFirst) bucket.giveBack();
    return isFirst;
  }
}
