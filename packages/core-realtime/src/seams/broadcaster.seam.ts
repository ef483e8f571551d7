import type { Addressable, ChannelAddress, ChannelOf } from "../channel/channel-address.js";
import type { RealtimePosition, RealtimeSender } from "../wire/envelope.js";
import type { OutboundEvent, OutboundInput, RealtimeChannel } from "../channel/realtime-channel.js";
import type { TypeMistake } from "../channel/type-mistake.js";
import type { Schema } from "../channel/schema.js";

/** What a sender may add. */
export interface BroadcastOptions {
  /** A repeat of this key within the channel's history gets the first receipt and delivers nothing. */
  readonly idempotencyKey?: string | undefined;
  /** Who is shown as the sender; default `{ type: "system" }`. */
  readonly sender?: RealtimeSender | undefined;
}

/** The result of a broadcast. With history: `position` is its place there, and the store's promise holds from now on. */
export interface BroadcastReceipt {
  /** The id of the message. */
  readonly id: string;
  /** Its place in the history, where the channel has one. */
  readonly position?: RealtimePosition | undefined;
  /** True where the idempotency key had been used: nothing was delivered again. */
  readonly repeated: boolean;
  /** True where the channel's rate conflates and a newer message took this one's place before it was sent. */
  readonly conflated?: boolean | undefined;
}

/** What follows the target: the payload alone, or the event and its payload. */
export type BroadcastMessage<C extends RealtimeChannel> = C["payload"] extends Schema
  ? readonly [payload: OutboundInput<C, "message">, options?: BroadcastOptions]
  : {
      [Event in OutboundEvent<C>]: readonly [
        event: Event,
        payload: OutboundInput<C, Event>,
        options?: BroadcastOptions,
      ];
    }[OutboundEvent<C>];

/** The compiler's sentence where none of several events is named; a channel of one event has none, and a wrong payload's error stays short. */
export type MissingBroadcastEvent<C extends RealtimeChannel> = RealtimeChannel extends C
  ? never
  : C["payload"] extends Schema
    ? never
    : [OnlyEvent<OutboundEvent<C>>] extends [never]
      ? readonly [
          mistake: TypeMistake<
            "Name the event first: broadcast(channel, event, payload). The events:",
            OutboundEvent<C>
          >,
        ]
      : never;

/** The event where there is one; of several never. */
type OnlyEvent<Event, All = Event> = Event extends All ? ([All] extends [Event] ? Event : never) : never;

/**
 * Seam 4: who publishes?
 * MUST refuse a payload that does not fit with `RealtimeError("BROADCAST_INVALID")`, before anyone receives anything.
 * MUST resolve only after the history (where the channel has one) has taken the message.
 * @example await realtime.broadcast(orderStatus.at({ orderId }), { status: "shipped" });
 */
export interface IRealtimeBroadcaster {
  /** Publishes to all subscribers: `(channel, payload)`, or `(channel, event, payload)` where the channel has events. */
  broadcast<T extends RealtimeChannel | ChannelAddress>(
    to: T & Addressable<T>,
    ...message: BroadcastMessage<ChannelOf<T>> | MissingBroadcastEvent<ChannelOf<T>>
  ): Promise<BroadcastReceipt>;
}
