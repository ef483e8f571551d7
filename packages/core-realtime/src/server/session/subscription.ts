import { RealtimeError } from "../../wire/realtime-error.js";
import type { JoiningSubscription } from "../delivery/joining-subscription.js";
import type { LocalChannel } from "../delivery/local-channel.js";

/** A session's subscription to one channel. */
export class Subscription {
  readonly channel: LocalChannel;
  /** What the subscriber passed, read by the channel's `ask` schema. */
  readonly ask: unknown;
  readonly joining: JoiningSubscription;
  #aborter: AbortController | undefined;
  #hasEnded = false;

  constructor(channel: LocalChannel, ask: unknown, joining: JoiningSubscription) {
    this.channel = channel;
    this.ask = ask;
    this.joining = joining;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Aborts when the subscription has ended. */
  get signal(): AbortSignal {
    this.#aborter ??= new AbortController();
    if (this.#hasEnded) this.#abort();
    return this.#aborter.signal;
  }

  end(): void {
    this.#hasEnded = true;
    this.#abort();
  }

  #abort(): void {
    this.#aborter?.abort(new RealtimeError("UNSUBSCRIBED"));
  }
}

/** A subscribe from its arrival to its join: what ends it, or makes gate 2 check again, is noted here. */
export class SubscribeAttempt {
  /** The client has unsubscribed meanwhile. */
  isCancelled = false;
  /** A right to this channel was taken away meanwhile. */
  isStale = false;
}
