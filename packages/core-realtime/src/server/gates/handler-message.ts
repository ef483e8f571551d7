import type { ChannelAddress } from "../../channel/channel-address.js";
import type { RealtimeChannel } from "../../channel/realtime-channel.js";
import type { BroadcastReceipt } from "../../seams/broadcaster.seam.js";
import type { ResolvedChannel } from "../../seams/handler-registry.seam.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";
import type { ChannelSubscriber, RealtimeMessage } from "../../seams/realtime-handler.js";
import { senderOf } from "../../wire/sender-of.js";
import type { RealtimeError } from "../../wire/realtime-error.js";
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

/** Sends one message to those of these that are subscribed here to a channel of this description; resolves with how many they are. */
export type GroupSend = (
  subscribers: Iterable<ChannelSubscriber>,
  address: ChannelAddress,
  message: readonly unknown[],
) => Promise<number>;

/** What `broadcast` and `send` of a handler work with. */
export interface HandlerReach {
  readonly publish: Publish;
  readonly direct: DirectSend;
}

/** What gate 3 has read. */
export interface ReadMessage {
  readonly event: string;
  readonly payload: unknown;
  readonly found: ResolvedChannel;
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
  readonly #session: RealtimeSession;
  readonly #reach: HandlerReach;
  #aborter: AbortController | undefined; // created when the signal is first read: most handlers never do
  #late: RealtimeError | undefined;

  constructor({ event, payload, found, messageId }: ReadMessage, session: RealtimeSession, reach: HandlerReach) {
    const { address } = found;
    this.event = event;
    this.payload = payload;
    this.params = address.params;
    this.address = address;
    this.user = session.user;
    this.connectionId = session.connectionId;
    this.messageId = messageId;
    this.#session = session;
    this.#reach = reach;
  }

  get signal(): AbortSignal {
    this.#aborter ??= new AbortController();
    if (this.#late) this.#aborter.abort(this.#late);
    return AbortSignal.any([this.#aborter.signal, this.#session.signal]);
  }

  get broadcast() {
    const { address, user } = this;
    const { publish } = this.#reach;
    return async (...message: readonly unknown[]): Promise<BroadcastReceipt> => {
      const { event, payload, options } = publicationOf(address.channel, message);
      return publish(address, { event, payload, options: { ...options, sender: senderOf(user) } });
    };
  }

  get send() {
    const { address } = this;
    const { direct } = this.#reach;
    const session = this.#session;
    return (...message: readonly unknown[]): Promise<boolean> => direct(session, address, message);
  }

  /** Its deadline has passed. Not a method: a handler receives the message. */
  static abort(message: HandlerMessage, late: RealtimeError): void {
    message.#late = late;
    message.#aborter?.abort(late);
  }

  /** As the registry's handlers take it: the types between were checked when the handler was registered. */
  static typed(message: HandlerMessage): RealtimeMessage<RealtimeChannel> {
    return message as unknown as RealtimeMessage<RealtimeChannel>;
  }
}
