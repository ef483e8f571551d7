import type { Clock } from "../../seams/clock.js";
import type { GuardSubject, IRealtimeGuard } from "../../seams/guard.seam.js";
import type { RealtimeLimits } from "./limits.js";
import type { Proxies } from "./proxies.js";
import { overLimit } from "./reached-limit.js";
import { SubjectBuckets } from "./subject-buckets.js";
import { TokenBucket, twice } from "./token-bucket.js";

type Rates = Pick<RealtimeLimits, "messagesPerSecond" | "messagesPerSecondPerUser" | "messagesPerSecondPerAddress">;

interface Sender {
  readonly bucket: TokenBucket;
  readonly address: string | undefined;
}

/** Client messages per connection, and per user or, for anonymous visitors, per address; over all connections of this node. */
export class RateLimitGuard implements IRealtimeGuard {
  readonly #senders = new Map<string, Sender>();
  readonly #users: SubjectBuckets;
  readonly #addresses: SubjectBuckets;
  readonly #clock: Clock;
  readonly #rates: Rates;
  readonly #proxies: Proxies;

  constructor(clock: Clock, rates: Rates, proxies: Proxies) {
    this.#clock = clock;
    this.#rates = rates;
    this.#proxies = proxies;
    this.#users = new SubjectBuckets(twice(rates.messagesPerSecondPerUser));
    this.#addresses = new SubjectBuckets(twice(rates.messagesPerSecondPerAddress));
  }

  /** Takes one message from both buckets, or from none: what is refused costs the others of a user nothing. */
  arrive(subject: GuardSubject): void {
    const now = this.#clock.monotonic();
    const { bucket, address } = this.#senders.get(subject.connectionId) ?? this.#begin(subject, now);
    const { user } = subject;
    const own = bucket.wait(now);
    if (own > 0) throw overLimit("messagesPerSecond", undefined, own);
    if (user) {
      const shared = this.#users.of(user.userId, now).take(now);
      if (shared > 0) throw overLimit("messagesPerSecondPerUser", user.userId, shared);
    } else if (address !== undefined) {
      const shared = this.#addresses.of(address, now).take(now);
      if (shared > 0) throw overLimit("messagesPerSecondPerAddress", address, shared);
    }
    bucket.take(now);
  }

  forget(connectionId: string): void {
    this.#senders.delete(connectionId);
  }

  #begin({ connectionId, handshake }: GuardSubject, now: number): Sender {
    const bucket = new TokenBucket(twice(this.#rates.messagesPerSecond), now);
    const sender = { bucket, address: this.#proxies.clientOf(handshake) };
    this.#senders.set(connectionId, sender);
    return sender;
  }
}
