import { randomUUID } from "node:crypto";
import { addressOf, type Addressable, type ChannelAddress, type ChannelOf } from "../../channel/channel-address.js";
import type { BroadcastMessage, BroadcastReceipt, IRealtimeBroadcaster } from "../../seams/broadcaster.seam.js";
import type { RealtimeChannel } from "../../channel/realtime-channel.js";
import { broadcastGate, publicationOf } from "../gates/broadcast.gate.js";
import { DEFAULT_LIMITS } from "../limits/limits.js";

/** One broadcast, as it would have left. */
export interface KeptBroadcast {
  readonly channel: string;
  readonly event: string;
  readonly payload: unknown;
}

/** Keeps what was published in a list, for page renders and scripts without subscribers. Gate 4 holds here too. */
export class InMemoryRealtimeBroadcaster implements IRealtimeBroadcaster {
  readonly #broadcasts: KeptBroadcast[] = [];

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
    const json = await broadcastGate(address, publication, DEFAULT_LIMITS.maxBroadcastBytes);
    const payload: unknown = json === undefined ? undefined : JSON.parse(json);
    this.#broadcasts.push({ channel: address.name, event: publication.event, payload });
    return { id: randomUUID(), repeated: false };
  }
}
