import {
  addressOf,
  isSchema,
  senderOf,
  SINGLE_EVENT,
  type Addressable,
  type AskOutput,
  type BroadcastReceipt,
  type ChannelAddress,
  type ChannelOf,
  type ChannelUser,
  type InboundEvent,
  type InboundOutput,
  type IRealtimeBroadcaster,
  type OpeningRequest,
  type RealtimeChannel,
  type RealtimeMessage,
  type SingleEvent,
} from "@repo/core-realtime";

/** What a test decides of a message; all else is made up. */
export interface HandlerMessageParts<C extends RealtimeChannel, Event extends InboundEvent<C>> {
  /** Leave out on a channel with one schema. */
  readonly event?: Event;
  /** As the schema gives it to the handler. */
  readonly payload: InboundOutput<C, Event>;
  /** Who sends it; default: `user-1`, without roles. */
  readonly user?: ChannelUser<C>;
  /** Default: `connection-1`. */
  readonly connectionId?: string;
  /** Left out: the client sent none. */
  readonly messageId?: string;
  /** Default: one that is never aborted. */
  readonly signal?: AbortSignal;
  /** Takes what the handler passes to `message.broadcast`; such as a `RecordingRealtimeBroadcaster`. */
  readonly realtime?: IRealtimeBroadcaster;
}

/** What a handler or an opening passed to `send`, oldest first: the arguments of each call. */
export interface Sent {
  /** One entry for each call. */
  readonly sent: readonly (readonly unknown[])[];
}

/**
 * A message as a handler receives it, for a unit test of the handler alone.
 * @example await onRename({ realtime })(handlerMessage(board.at({ boardId: "7" }), { event: "rename", payload: { title: "x" } }));
 */
export function handlerMessage<
  T extends RealtimeChannel | ChannelAddress,
  Event extends InboundEvent<ChannelOf<T>> = InboundEvent<ChannelOf<T>>,
>(to: T & Addressable<T>, parts: HandlerMessageParts<ChannelOf<T>, Event>): RealtimeMessage<ChannelOf<T>> & Sent {
  const address = addressOf(to);
  const { event = SINGLE_EVENT as SingleEvent, payload, user = SOMEBODY, connectionId = "connection-1" } = parts;
  const sent: (readonly unknown[])[] = [];
  const message = {
    event,
    payload,
    params: address.params,
    address,
    user,
    connectionId,
    messageId: parts.messageId,
    signal: parts.signal ?? new AbortController().signal,
    broadcast: async (...published: readonly unknown[]): Promise<BroadcastReceipt> => {
      if (!parts.realtime)
        throw new TypeError("handlerMessage: pass `realtime` to receive what the handler broadcasts.");
      const sender = senderOf(user);
      const broadcast = parts.realtime.broadcast.bind(parts.realtime) as (
        ...all: readonly unknown[]
      ) => Promise<BroadcastReceipt>;
      return broadcast(address, ...published.slice(0, isSchema(address.channel.payload) ? 1 : 2), { sender });
    },
    send: async (...published: readonly unknown[]): Promise<boolean> => sent.push(published) > 0,
    sent,
  };
  return message as unknown as RealtimeMessage<ChannelOf<T>> & Sent; // the parts were typed by the channel
}

/** What a test decides of an opening's request. */
export interface OpeningRequestParts<C extends RealtimeChannel> {
  /** Who subscribes; default: `user-1`, without roles. */
  readonly user?: ChannelUser<C>;
  /** As the schema gives it to the opening. */
  readonly ask?: AskOutput<C>;
  /** Default: `connection-1`. */
  readonly connectionId?: string;
  /** Default: one that is never aborted. */
  readonly signal?: AbortSignal;
}

/** A request as an opening receives it, for a unit test of the opening alone. */
export function openingRequest<T extends RealtimeChannel | ChannelAddress>(
  to: T & Addressable<T>,
  parts: OpeningRequestParts<ChannelOf<T>> = {},
): OpeningRequest<ChannelOf<T>> & Sent {
  const address = addressOf(to);
  const { user = SOMEBODY, ask, connectionId = "connection-1" } = parts;
  const sent: (readonly unknown[])[] = [];
  const request = {
    params: address.params,
    address,
    user,
    connectionId,
    ask,
    recovered: false,
    signal: parts.signal ?? new AbortController().signal,
    send: async (...published: readonly unknown[]): Promise<boolean> => sent.push(published) > 0,
    sent,
  };
  return request as unknown as OpeningRequest<ChannelOf<T>> & Sent;
}

const SOMEBODY = Object.freeze({ userId: "user-1", roles: Object.freeze([]) });
