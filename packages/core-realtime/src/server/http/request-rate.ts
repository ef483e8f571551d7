import type { Clock } from "../../seams/clock.js";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { SubjectBuckets } from "../limits/subject-buckets.js";
import type { Rate } from "../limits/token-bucket.js";
import { systemClock } from "../system-clock.js";

/** How many requests an endpoint takes. */
export interface RequestRateOptions {
  /** Of one user; of one address where nobody is signed in. Default: 20 a second, and 40 at once. */
  readonly rate?: Rate;
  /** The clock; default: the system's. */
  readonly clock?: Pick<Clock, "monotonic">;
}

const USER_RATE: Rate = { perSecond: 20, burst: 40 };
const VISITORS = 10; // as many visitors may share one address

/** Limits the requests of an endpoint, which no connection limits. Anonymous requests whose address the host does not know are not limited. */
export class RequestRate {
  readonly #users: SubjectBuckets;
  readonly #addresses: SubjectBuckets;
  readonly #clock: Pick<Clock, "monotonic">;

  constructor({ rate = USER_RATE, clock = systemClock }: RequestRateOptions = {}) {
    this.#users = new SubjectBuckets(rate);
    this.#addresses = new SubjectBuckets({ perSecond: rate.perSecond * VISITORS, burst: rate.burst * VISITORS });
    this.#clock = clock;
  }

  /** @throws RealtimeError RATE_LIMITED with `retryAfterMs`. */
  /** Takes one request of this user, or of this address. */
  take(user: RealtimeUser | null, { remoteAddress }: Pick<RealtimeHandshake, "remoteAddress">): void {
    const now = this.#clock.monotonic();
    const bucket = user ? this.#users.of(user.userId, now) : remoteAddress && this.#addresses.of(remoteAddress, now);
    const retryAfterMs = bucket ? bucket.take(now) : 0;
    if (retryAfterMs > 0) throw new RealtimeError("RATE_LIMITED", { retryAfterMs });
  }
}
