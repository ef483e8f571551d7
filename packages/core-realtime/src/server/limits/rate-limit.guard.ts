import type { Clock } from "../../seams/clock.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { GuardSubject, IRealtimeGuard } from "../../seams/guard.seam.js";
import type { RealtimeLimits } from "./limits.js";
import { TokenBucket } from "./token-bucket.js";

type Rates = Pick<RealtimeLimits, "messagesPerSecond" | "messagesPerSecondPerUser">;

interface Speaker {
  readonly bucket: TokenBucket;
  userId: string | undefined;
}

interface UserBucket {
  readonly bucket: TokenBucket;
  connections: number;
}

/** Client messages per connection and per user, of this node. */
export class RateLimitGuard implements IRealtimeGuard {
  readonly #speakers = new Map<string, Speaker>();
  readonly #users = new Map<string, UserBucket>();
  readonly #clock: Clock;
  readonly #rates: Rates;

  constructor(clock: Clock, rates: Rates) {
    this.#clock = clock;
    this.#rates = rates;
  }

  arrive({ connectionId, user }: GuardSubject): void {
    const now = this.#clock.monotonic();
    const speaker = this.#speakerOf(connectionId, now);
    this.#move(speaker, user?.userId, now);
    const shared = speaker.userId === undefined ? undefined : this.#users.get(speaker.userId);
    const retryAfterMs = Math.max(speaker.bucket.take(now), shared?.bucket.take(now) ?? 0);
    if (retryAfterMs > 0) throw new RealtimeError("RATE_LIMITED", { retryAfterMs });
  }

  forget(connectionId: string): void {
    const speaker = this.#speakers.get(connectionId);
    if (!speaker) return;
    this.#speakers.delete(connectionId);
    this.#move(speaker, undefined, this.#clock.monotonic());
  }

  #speakerOf(connectionId: string, now: number): Speaker {
    const known = this.#speakers.get(connectionId);
    if (known) return known;
    const speaker = { bucket: new TokenBucket(this.#rates.messagesPerSecond, now), userId: undefined };
    this.#speakers.set(connectionId, speaker);
    return speaker;
  }

  /** Counts the connections behind a user's bucket, so that it goes with the last one. */
  #move(speaker: Speaker, userId: string | undefined, now: number): void {
    if (speaker.userId === userId) return;
    const old = speaker.userId === undefined ? undefined : this.#users.get(speaker.userId);
    if (old && speaker.userId !== undefined && --old.connections === 0) this.#users.delete(speaker.userId);
    speaker.userId = userId;
    if (userId === undefined) return;
    const bucket = this.#users.get(userId) ?? {
      bucket: new TokenBucket(this.#rates.messagesPerSecondPerUser, now),
      connections: 0,
    };
    bucket.connections += 1;
    this.#users.set(userId, bucket);
  }
}
