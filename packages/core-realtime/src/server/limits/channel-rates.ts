import type { RatePolicy } from "../../channel/channel-policies.js";
import type { BroadcastReceipt } from "../../seams/broadcaster.seam.js";
import type { Clock } from "../../seams/clock.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { TokenBucket } from "./token-bucket.js";

const MAX_CHANNELS = 10_000; // of which a bucket is kept; an older one is full again by then, or its channel is one of very many

type Place = () => Promise<BroadcastReceipt> | BroadcastReceipt;

interface Waiting {
  readonly place: Place;
  readonly resolve: (receipt: BroadcastReceipt) => void;
  readonly reject: (cause: unknown) => void;
}

interface Rate {
  readonly bucket: TokenBucket;
  waiting: Waiting | undefined;
}

/** The rate of each channel that declares one, over all senders of this node. */
export class ChannelRates {
  readonly #rates = new Map<string, Rate>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Publishes within the rate. Beyond it: refuses, or lets the message wait, where a newer one takes its place. */
  admit(channel: string, policy: RatePolicy, place: Place): Promise<BroadcastReceipt> | BroadcastReceipt {
    const rate = this.#rateOf(channel, policy);
    const retryAfterMs = rate.waiting ? 1 : rate.bucket.take(this.#clock.monotonic());
    if (retryAfterMs === 0) return place();
    if (policy.over === "refuse")
      throw new RealtimeError("RATE_LIMITED", {
        detail: `${channel} is limited to ${policy.perSecond} a second`,
        retryAfterMs,
      });
    return new Promise((resolve, reject) => {
      const before = rate.waiting;
      rate.waiting = { place, resolve, reject };
      if (before) before.resolve({ id: "", repeated: false, conflated: true });
      else this.#clock.after(retryAfterMs, () => this.#release(channel, rate));
    });
  }

  #release(channel: string, rate: Rate): void {
    const retryAfterMs = rate.bucket.take(this.#clock.monotonic());
    if (retryAfterMs > 0) return void this.#clock.after(retryAfterMs, () => this.#release(channel, rate));
    const { waiting } = rate;
    rate.waiting = undefined;
    if (!waiting) return;
    try {
      Promise.resolve(waiting.place()).then(waiting.resolve, waiting.reject);
    } catch (cause) {
      waiting.reject(cause);
    }
  }

  #rateOf(channel: string, { perSecond, burst }: RatePolicy): Rate {
    const known = this.#rates.get(channel);
    if (known) {
      this.#rates.delete(channel); // to the end: the most recently used
      this.#rates.set(channel, known);
      return known;
    }
    const rate: Rate = {
      bucket: new TokenBucket({ perSecond, burst: burst ?? perSecond * 2 }, this.#clock.monotonic()),
      waiting: undefined,
    };
    this.#rates.set(channel, rate);
    if (this.#rates.size > MAX_CHANNELS) this.#forgetOldest();
    return rate;
  }

  #forgetOldest(): void {
    for (const [channel, { waiting }] of this.#rates) {
      if (waiting) continue;
      this.#rates.delete(channel);
      return;
    }
  }
}
