import {
  addressOf,
  openEnvelope,
  type Addressable,
  type BroadcastMessage,
  type BroadcastReceipt,
  type ChannelAddress,
  type ChannelOf,
  type IRealtimeBroadcaster,
  type RealtimeChannel,
  type RealtimeEnvelope,
} from "@repo/core-realtime";
import {
  DEFAULT_LIMITS,
  InMemoryHistory,
  RealtimeBroadcaster,
  RealtimeHandlerRegistry,
  type KeptBroadcast,
} from "@repo/core-realtime/server";
import { FakeClock } from "./fake-clock";

/**
 * Keeps what a use case published, and refuses what the real broadcaster would refuse: it is the real one, without subscribers.
 * @example expect(realtime.broadcasts).toEqual([{ channel: "orders.7.status", event: "message", payload: { status: "shipped" } }]);
 */
export class RecordingRealtimeBroadcaster implements IRealtimeBroadcaster {
  readonly #envelopes: RealtimeEnvelope[] = [];
  readonly #registry = new RealtimeHandlerRegistry();
  readonly #broadcaster: RealtimeBroadcaster;
  #failure: { readonly cause: unknown } | undefined;

  constructor() {
    const clock = new FakeClock();
    this.#broadcaster = new RealtimeBroadcaster({
      registry: this.#registry,
      history: new InMemoryHistory({ clock }),
      publish: (envelope) => void this.#envelopes.push(openEnvelope(envelope)),
      isIsolated: () => false,
      observer: { isObserved: () => false, observe: () => undefined },
      clock,
      limits: DEFAULT_LIMITS,
      traceparent: () => undefined,
    });
  }

  /** All that was published, oldest first: channel, event and payload, and nothing else. */
  get broadcasts(): readonly KeptBroadcast[] {
    return this.#envelopes.map(({ channel, event, payload }) => ({ channel, event, payload }));
  }

  /** The same with all that a subscriber would see: id, time, sender, position. */
  get envelopes(): readonly RealtimeEnvelope[] {
    return this.#envelopes;
  }

  /** The next broadcast fails with this, as it does where the history's store is down. */
  failNext(cause: unknown): void {
    this.#failure = { cause };
  }

  async broadcast<T extends RealtimeChannel | ChannelAddress>(
    to: T & Addressable<T>,
    ...message: BroadcastMessage<ChannelOf<T>>
  ): Promise<BroadcastReceipt> {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.cause;
    const { channel } = addressOf(to);
    if (!this.#registry.listChannels().includes(channel)) this.#registry.registerChannel(channel);
    return this.#broadcaster.broadcast<T>(to, ...message);
  }
}
