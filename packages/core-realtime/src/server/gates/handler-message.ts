import type { ChannelAddress } from "../../channel/channel-address.js";
import type { RealtimeChannel } from "../../channel/realtime-channel.js";
import type { BroadcastReceipt } from "../../seams/broadcaster.seam.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";
import type { RealtimeMessage } from "../../seams/realtime-handler.js";
import { senderOf } from "../../wire/sender-of.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import { publicationOf, type Publication } from "./broadcast.gate.js";

/** Publishes through gate 4; the node's own broadcaster. */
export type Publish = (
  address: ChannelAddress,
  publication: Publication,
) => Promise<BroadcastReceipt> | BroadcastReceipt;

/** Sends one message of a channel to one session. */
export type DirectSend = (
  session: RealtimeSession,
  address: ChannelAddress,
  message: readonly unknown[],
) => Promise<boolean>;

/** What `signal`, `broadcast` and `send` of a handler work with. */
export interface HandlerReach {
  readonly session: RealtimeSession;
  readonly publish: Publish;
  readonly direct: DirectSend;
}

/** What gate 3 has read. */
export interface ReadMessage {
  readonly event: string;
  readonly payload: unknown;
  readonly address: ChannelAddress;
  readonly messageId: string | undefined;
}

/** A client message as its handler receives it. A class: what most handlers never read costs nothing. */
export class HandlerMessage {
  readonly event: string;
  readonly payload: unknown;
  readonly params: Readonly<Record<string, string>>;
  readonly address: ChannelAddress;
  readonly user: RealtimeUser | null;
  readonly connectionId: string;
  readonly messageId: string | undefined;
  readonly #reach: HandlerReach;
  readonly #signalOf: () => AbortSignal;

  constructor({ event, payload, address, messageId }: ReadMessage, reach: HandlerReach, signalOf: () => AbortSignal) {
    this.event = event;
    this.payload = payload;
    this.params = address.params;
    this.address = address;
    this.user = reach.session.user;
    this.connectionId = reach.session.connectionId;
    this.messageId = messageId;
    this.#reach = reach;
    this.#signalOf = signalOf;
  }

  get signal(): AbortSignal {
    return AbortSignal.any([this.#signalOf(), this.#reach.session.signal]);
  }

  get broadcast() {
    const { address, user } = this;
    const { publish } = this.#reach;
    return async (...message: readonly unknown[]): Promise<BroadcastReceipt> => {
      const publication = publicationOf(address.channel, message);
      return publish(address, { ...publication, options: { ...publication.options, sender: senderOf(user) } });
    };
  }

  get send() {
    const { address } = this;
    const { session, direct } = this.#reach;
    return (...message: readonly unknown[]): Promise<boolean> => direct(session, address, message);
  }

  /** As the registry's handlers take it: the types between were checked when the handler was registered. */
  static typed(message: HandlerMessage): RealtimeMessage<RealtimeChannel> {
    return message as unknown as RealtimeMessage<RealtimeChannel>;
  }
}
