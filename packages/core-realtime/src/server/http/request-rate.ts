import type { Clock } from "../../seams/clock.js";
import type { IRealtimeAuthenticator } from "../../seams/authenticator.seam.js";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { Proxies } from "../limits/proxies.js";
import { SubjectBuckets } from "../limits/subject-buckets.js";
import type { Rate, TokenBucket } from "../limits/token-bucket.js";
import { systemClock } from "../system-clock.js";

/** How many requests an endpoint takes. */
export interface RequestRateOptions {
  /** Of one user; of one address where no user is signed in. Default: 20 a second, and 40 at once. */
  readonly rate?: Rate | undefined;
  /** Networks of our proxies and balancers; default: private ones that show a forwarding header. As in `createRealtime`. */
  readonly proxies?: readonly string[] | undefined;
  /** The clock; default: the system's. */
  readonly clock?: Pick<Clock, "monotonic">;
}

const USER_RATE: Rate = { perSecond: 20, burst: 40 };
const VISITORS = 10; // as many visitors may share one address

/**
 * Authenticates the requests of an endpoint, which no connection limits, and limits them. An address is limited before the authenticator
 * runs; requests of a user count for the user alone. Where the address is unknown, or a proxy's, only users are limited.
 */
export class RequestRate {
  readonly #users: SubjectBuckets;
  readonly #addresses: SubjectBuckets;
  readonly #proxies: Proxies;
  readonly #clock: Pick<Clock, "monotonic">;

  constructor({ rate = USER_RATE, proxies, clock = systemClock }: RequestRateOptions = {}) {
    this.#users = new SubjectBuckets(rate);
    this.#addresses = new SubjectBuckets({ perSecond: rate.perSecond * VISITORS, burst: rate.burst * VISITORS });
    this.#proxies = new Proxies(proxies);
    this.#clock = clock;
  }

  /** The authenticated user, or null. @throws RealtimeError RATE_LIMITED with `retryAfterMs`, and what the authenticator throws. */
  async authenticate(
    authenticator: IRealtimeAuthenticator,
    handshake: RealtimeHandshake,
  ): Promise<RealtimeUser | null> {
    const address = this.addressOf(handshake);
    const shared = address === undefined ? undefined : this.#take(this.#addresses, address);
    const user = await authenticator.authenticate(handshake);
    if (!user) return null;
    this.#take(this.#users, user.userId); // a user above the limit is counted for the address as well, or would cost it an authentication each time
    shared?.giveBack();
    return user;
  }

  /** The address that a request without a signed-in user is counted by: an IPv4 address, or an IPv6 network; undefined behind a proxy. */
  addressOf(handshake: Pick<RealtimeHandshake, "headers" | "remoteAddress">): string | undefined {
    return this.#proxies.clientOf(handshake);
  }

  #take(buckets: SubjectBuckets, subject: string): TokenBucket {
    const now = this.#clock.monotonic();
    const bucket = buckets.of(subject, now);
    const retryAfterMs = bucket.take(now);
    if (retryAfterMs > 0) throw new RealtimeError("RATE_LIMITED", { retryAfterMs });
    return bucket;
  }
}
