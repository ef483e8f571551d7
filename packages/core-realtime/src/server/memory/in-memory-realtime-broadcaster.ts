import { randomUUID } from "node:crypto";
import { addressOf, type Addressable, type ChannelAddress, type ChannelOf } from "../../channel/channel-address.js";
import type { BroadcastMessage, BroadcastReceipt, IRealtimeBroadcaster } from "../../seams/broadcaster.seam.js";
import type { RealtimeChannel } from "../../channel/realtime-channel.js";
import { publicationOf } from "../gates/broadcast.gate.js";
import { TimedBroadcastGate } from "../gates/timed-broadcast-gate.js";
import { DEFAULT_LIMITS, type RealtimeLimits } from "../limits/limits.js";
import { systemClock } from "../system-clock.js";

/** One broadcast, as it would have left. */
export interface KeptBroadcast {
  /** The concrete name. */
  readonly channel: string;
  /** The event; `"message"` where the channel has one schema. */
  readonly event: string;
  /** What was published. */
  readonly payload: unknown;
}

/** Keeps what was published in a list, for page renders and scripts without subscribers. Gate 4 holds here too. */
export class InMemoryRealtimeBroadcaster implements IRealtimeBroadcaster {
  readonly #broadcasts: KeptBroadcast[] = [];
  readonly #gate: TimedBroadcastGate;

  /** With the limits of gate 4, where the defaults do not suit. */
  constructor(limits: Partial<Pick<RealtimeLimits, "handlerMs" | "maxBroadcastBytes">> = {}) {
    this.#gate = new TimedBroadcastGate({ clock: systemClock, limits: { ...DEFAULT_LIMITS, ...limits } });
  }

  /** All that was published, oldest first. */
  get broadcasts(): readonly KeptBroadcast[] {
    return this.#broadcasts;
  }

  async broadcast<T extends RealtimeChannel | ChannelAddress>(
    to: T & Addressable<T>,
    ...message: BroadcastMessage<ChannelOf<T>>
  ): Promise<BroadcastReceipt> {
    const address = addressOf(to);
    const publication = publicationOf(address.channel, message);
    const json = await this.#gate.pass(address, publication);
    const payload: unknown = json === undefined ? undefined : JSON.parse(json);
    this.#broadcasts.push({ channel: address.name, event: publication.event, payload });
    return { id: randomUUID(), repeated: false };
  }
}
