import type { ChannelAddress } from "../channel/channel-address.js";
import type { ChannelParams } from "../channel/channel-template.js";
import type {
  ChannelUser,
  InboundEvent,
  InboundOutput,
  RealtimeChannel,
  ReplyInput,
} from "../channel/realtime-channel.js";

/** A client message that passed gate 3, as its handler sees it; with a map of events, narrow on `event`. */
export type RealtimeMessage<C extends RealtimeChannel> = {
  [Event in InboundEvent<C>]: {
    readonly event: Event;
    readonly payload: InboundOutput<C, Event>;
    readonly params: ChannelParams<C["name"]>;
    readonly address: ChannelAddress<C>;
    readonly user: ChannelUser<C>;
    readonly connectionId: string;
    /** The client's id of this message, where it gave one. */
    readonly messageId: string | undefined;
    /** Aborts when the handler's deadline has passed and the client was told so. */
    readonly signal: AbortSignal;
  };
}[InboundEvent<C>];

/** Answers a client message; the returned value is the client's reply. A thrown `RealtimeError` is a refusal. */
export type RealtimeHandler<C extends RealtimeChannel> = (
  message: RealtimeMessage<C>,
) => Promise<ReplyInput<C>> | ReplyInput<C>;

/** What an opening is told of the newcomer. */
export interface OpeningRequest<C extends RealtimeChannel> {
  readonly params: ChannelParams<C["name"]>;
  readonly address: ChannelAddress<C>;
  readonly user: ChannelUser<C>;
  readonly connectionId: string;
}

/** What a newcomer is handed with the reply to its subscribe; runs after the join, so nothing falls between. */
export type RealtimeOpening<C extends RealtimeChannel> = (request: OpeningRequest<C>) => unknown;

/** Who answers on a channel. */
export interface ChannelAnswers<C extends RealtimeChannel> {
  readonly handler?: RealtimeHandler<C>;
  readonly opening?: RealtimeOpening<C>;
}
