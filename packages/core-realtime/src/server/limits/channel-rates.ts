import type { RatePolicy } from "../../channel/channel-policies.js";
import type { BroadcastReceipt } from "../../seams/broadcaster.seam.js";
import type { Clock } from "../../seams/clock.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { SubjectBuckets } from "./subject-buckets.js";
import type { TokenBucket } from "./token-bucket.js";

const MAX_CHANNELS = 100_000; // of one description; a bucket is forgotten when it is full again, earlier only beyond that
const MAX_WAITING = 10_000; // messages of conflating channels that wait for their time; each holds its payload

type Place = () => Promise<BroadcastReceipt> | BroadcastReceipt;

/** The newest message of a channel that is over its rate. */
interface Waiting {
  readonly place: Place;
  readonly resolve: (receipt: Promise<BroadcastReceipt> | BroadcastReceipt) => void;
  readonly reject: (cause: unknown) => void;
}

/** A channel with a message that waits. */
interface WaitingChannel {
  readonly bucket: TokenBucket;
  newest: Waiting;
  cancel: () => void;
}

/**
 * The rate of each channel that declares one, over all senders of this node. Each description has buckets of its own: a client that makes
 * many channels of one kind makes the node forget none of another.
 */
export class ChannelRates {
  readonly #buckets = new Map<RatePolicy, SubjectBuckets>(); // a description has one policy object
  readonly #waiting = new Map<string, WaitingChannel>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Publishes within the rate. Beyond it: refuses, or lets the message wait, where a newer one takes its place. */
  admit(channel: string, policy: RatePolicy, place: Place): Promise<BroadcastReceipt> | BroadcastReceipt {
    const waiting = this.#waiting.get(channel);
    if (waiting) return this.#replace(waiting, place);
    const now = this.#clock.monotonic();
    const bucket = this.#bucketsOf(policy).of(channel, now);
    const retryAfterMs = bucket.take(now);
    if (retryAfterMs === 0) return place();
    if (policy.over === "refuse" || this.#waiting.size >= MAX_WAITING)
      throw new RealtimeError("RATE_LIMITED", {
        detail: `${channel} is limited to ${policy.perSecond} a second`,
        retryAfterMs,
      });
    return new Promise((resolve, reject) => {
      const begun: WaitingChannel = { bucket, newest: { place, resolve, reject }, cancel: () => undefined };
      this.#waiting.set(channel, begun);
      this.#releaseAfter(retryAfterMs, channel, begun);
    });
  }

  /** Publishes at once what waits: the newest is a state that would not be published again. */
  close(): void {
    for (const [channel, waiting] of this.#waiting) {
      waiting.cancel();
      this.#release(channel, waiting);
    }
  }

  #replace(waiting: WaitingChannel, place: Place): Promise<BroadcastReceipt> {
    waiting.newest.resolve({ id: "", repeated: false, conflated: true });
    return new Promise((resolve, reject) => {
      waiting.newest = { place, resolve, reject };
    });
  }

  #releaseAfter(ms: number, channel: string, waiting: WaitingChannel): void {
    waiting.cancel = this.#clock.after(ms, () => {
      const retryAfterMs = waiting.bucket.take(this.#clock.monotonic());
      if (retryAfterMs > 0) this.#releaseAfter(retryAfterMs, channel, waiting);
      else this.#release(channel, waiting);
    });
  }

  #release(channel: string, { newest: { place, resolve, reject } }: WaitingChannel): void {
    this.#waiting.delete(channel);
    try {
      resolve(place());
    } catch (cause) {
      reject(cause);
    }
  }

  #bucketsOf(policy: RatePolicy): SubjectBuckets {
    const known = this.#buckets.get(policy);
    if (known) return known;
    const { perSecond, burst = perSecond * 2 } = policy;
    const buckets = new SubjectBuckets({ perSecond, burst }, MAX_CHANNELS);
    this.#buckets.set(policy, buckets);
    return buckets;
  }
}
