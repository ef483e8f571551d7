import type { Clock } from "../../seams/clock.js";
import type { GuardSubject } from "../../seams/guard.seam.js";
import { ExpiringMap } from "../expiring-map.js";
import type { RealtimeLimits } from "./limits.js";
import type { Proxies } from "./proxies.js";
import { SubjectBuckets } from "./subject-buckets.js";
import type { Rate } from "./token-bucket.js";

type Limits = Pick<
  RealtimeLimits,
  "recoveryBytesPerSecond" | "recoveryBytesPerSecondPerUser" | "recoveryBytesPerSecondPerAddress"
>;

const BURST_SECONDS = 8; // a connection that was away recovers all its channels in one instant
const REMEMBERED_MS = 60_000;
const FREE_TIMES = 2; // a page that mounts, unmounts and mounts again subscribes twice from one position
const FIRST_PAUSE_MS = 1_000;
const MAX_GAPS = 100_000;

interface Recovered {
  readonly times: number;
  readonly againAt: number;
}

/**
 * How many bytes of missed messages are sent, over time: per connection, and per user or, for anonymous visitors, per address.
 * A frame of 130 bytes may bring half a megabyte; without a budget a few connections take the whole bandwidth.
 */
export class RecoveryBudget {
  readonly #connections: SubjectBuckets;
  readonly #users: SubjectBuckets;
  readonly #addresses: SubjectBuckets;
  readonly #gaps = new ExpiringMap<string, Recovered>();
  readonly #clock: Clock;
  readonly #proxies: Proxies;

  constructor(clock: Clock, limits: Limits, proxies: Proxies) {
    this.#clock = clock;
    this.#proxies = proxies;
    this.#connections = new SubjectBuckets(rateOf(limits.recoveryBytesPerSecond));
    this.#users = new SubjectBuckets(rateOf(limits.recoveryBytesPerSecondPerUser));
    this.#addresses = new SubjectBuckets(rateOf(limits.recoveryBytesPerSecondPerAddress));
  }

  /**
   * Takes so many bytes and returns 0; or takes nothing and returns the ms after which to subscribe again: refuse then with
   * RECOVERY_LIMITED. `gap` names the channel and the position; the same one again and again has to pause, longer each time.
   * Without it, for the last few messages of a channel, bytes alone count.
   */
  take(subject: GuardSubject, bytes: number, gap?: string): number {
    if (bytes <= 0) return 0;
    const now = this.#clock.monotonic();
    const key = gap === undefined ? undefined : `${subject.connectionId}\n${gap}`;
    this.#gaps.trim(now);
    const before = key === undefined ? undefined : this.#gaps.get(key, now);
    const pause = before ? before.againAt - now : 0;
    if (pause > 0) return Math.ceil(pause);
    const own = this.#connections.of(subject.connectionId, now);
    const shared = this.#sharedOf(subject, now);
    const wait = Math.max(own.wait(now, bytes), shared?.wait(now, bytes) ?? 0);
    if (wait > 0) return wait;
    own.take(now, bytes);
    shared?.take(now, bytes);
    if (key !== undefined) this.#note(key, (before?.times ?? 0) + 1, now);
    return 0;
  }

  #sharedOf({ user, handshake }: GuardSubject, now: number) {
    if (user) return this.#users.of(user.userId, now);
    const address = this.#proxies.clientOf(handshake);
    return address === undefined ? undefined : this.#addresses.of(address, now);
  }

  #note(key: string, times: number, now: number): void {
    const pause = times < FREE_TIMES ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (times - FREE_TIMES), REMEMBERED_MS / 2);
    this.#gaps.set(key, { times, againAt: now + pause }, { until: now + REMEMBERED_MS, bytes: 0 });
    if (this.#gaps.size > MAX_GAPS) this.#gaps.dropOldest();
  }
}

function rateOf(perSecond: number): Rate {
  return { perSecond, burst: perSecond * BURST_SECONDS };
}
