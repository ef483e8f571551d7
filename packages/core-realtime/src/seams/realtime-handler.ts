import type { ChannelAddress } from "../channel/channel-address.js";
import type { ChannelParams } from "../channel/channel-template.js";
import type {
  AskOutput,
  ChannelUser,
  InboundEvent,
  InboundOutput,
  OpeningInput,
  RealtimeChannel,
  ReplyInput,
} from "../channel/realtime-channel.js";
import type { BroadcastMessage, BroadcastReceipt } from "./broadcaster.seam.js";
import type { RealtimeError } from "../wire/realtime-error.js";
import type { LeaveReason } from "./observer.seam.js";

/** Publishes on the channel of the message, with its user as the sender. Through gate 4, as every broadcast. */
export type BroadcastHere<C extends RealtimeChannel> = (...message: BroadcastMessage<C>) => Promise<BroadcastReceipt>;

/**
 * Sends a message of the channel to this connection alone: no history, no broker, no other node. Resolves when it is queued; false where
 * the connection is not subscribed any more. Throws BROADCAST_INVALID where the payload does not fit.
 */
export type SendHere<C extends RealtimeChannel> = (...message: BroadcastMessage<C>) => Promise<boolean>;

/** A connection that is subscribed to a channel. */
export interface ChannelSubscriber {
  /** The server's id of the connection. */
  readonly connectionId: string;
  /** The concrete name. */
  readonly channel: string;
}

/**
 * Sends a message to those of these that are subscribed on this node, to this channel or to another one of the same description; it is
 * checked and encoded once for all of them. No history, no broker, no other node. Resolves, when it is queued, with how many they are.
 * Throws BROADCAST_INVALID where the payload does not fit.
 */
export type SendToSubscribers<C extends RealtimeChannel> = (
  subscribers: Iterable<ChannelSubscriber>,
  ...message: BroadcastMessage<C>
) => Promise<number>;

/** A client message that passed gate 3, as its handler receives it; with a map of events, narrow on `event`. */
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
    /** Aborts when the handler's deadline has passed, and when the client has disconnected. */
    readonly signal: AbortSignal;
    readonly broadcast: BroadcastHere<C>;
    readonly send: SendHere<C>;
  };
}[InboundEvent<C>];

/** Replies to a client message with what it returns. A thrown `RealtimeError` is a refusal. */
export type RealtimeHandler<C extends RealtimeChannel> = (
  message: RealtimeMessage<C>,
) => Promise<ReplyInput<C>> | ReplyInput<C>;

/** What an opening receives. */
export interface OpeningRequest<C extends RealtimeChannel> {
  /** The values of the placeholders. */
  readonly params: ChannelParams<C["name"]>;
  /** The channel. */
  readonly address: ChannelAddress<C>;
  /** The new subscriber; null only where the scope is public. */
  readonly user: ChannelUser<C>;
  /** The server's id of the connection. */
  readonly connectionId: string;
  /** What the subscriber passed, read by the channel's `ask` schema. */
  readonly ask: AskOutput<C>;
  /** Always false: where a gap was filled the opening is not computed. */
  readonly recovered: boolean;
  /** Aborts when the subscription ends, and when the deadline has passed. */
  readonly signal: AbortSignal;
  /** To this connection alone, after the reply: a long opening arrives in pieces. */
  readonly send: SendHere<C>;
  /** To several subscribers on this node; for openings that give equal subscribers equal messages. */
  readonly sendTo: SendToSubscribers<C>;
  /** Ends the subscription; the client receives the reason, and subscribes anew where `retry` is `later`. */
  readonly end: (reason: RealtimeError) => void;
}

/** The state that a new subscriber receives with the reply to its subscribe. Runs after the join, so that nothing is missed. */
export type RealtimeOpening<C extends RealtimeChannel> = (
  request: OpeningRequest<C>,
) => Promise<OpeningInput<C>> | OpeningInput<C>;

/** A subscription that has ended. */
export interface ClosedSubscription<C extends RealtimeChannel> {
  /** The channel. */
  readonly address: ChannelAddress<C>;
  /** The user; null for an anonymous visitor. */
  readonly user: ChannelUser<C>;
  /** The server's id of the connection. */
  readonly connectionId: string;
  /** Why the subscription has ended. */
  readonly why: LeaveReason;
}

/** The subscribers of one channel on this node have changed between none and some. */
export interface AudienceChange<C extends RealtimeChannel> {
  /** The channel. */
  readonly address: ChannelAddress<C>;
  /** Subscribers on this node: 1 when the first has joined, 0 when the last has left. */
  readonly here: number;
}

/** The server side of a channel. */
export interface ChannelHandlers<C extends RealtimeChannel> {
  /** Replies to the messages of clients. */
  readonly handler?: RealtimeHandler<C>;
  /** Returns what a new subscriber receives first. */
  readonly opening?: RealtimeOpening<C>;
  /** Called once for each subscription that had joined, when it ends. */
  readonly closing?: (closed: ClosedSubscription<C>) => Promise<void> | void;
  /** Called when the first subscriber of this node has joined, and when the last has left. */
  readonly audience?: (change: AudienceChange<C>) => Promise<void> | void;
}
