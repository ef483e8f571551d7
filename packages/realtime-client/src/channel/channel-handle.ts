import type {
  InboundEvent,
  OpeningOutput,
  OutboundEvent,
  OutboundOutput,
  RealtimeChannel,
  ReplyOutput,
} from "@repo/core-realtime";
import type { ChannelListener } from "./channel-listener.js";
import type { ChannelMessage, MissingEvent, Publication } from "./channel-messages.js";
import type { ChannelState, ChannelStatus } from "./channel-state.js";

/** One channel, as an app uses it. It is subscribed while it has listeners; all handles of a name share one subscription. */
export interface ChannelHandle<C extends RealtimeChannel = RealtimeChannel> {
  /** The concrete name. */
  readonly name: string;
  /** A new object whenever something changed; made for `useSyncExternalStore`. */
  readonly state: ChannelState<ChannelMessage<C>, OpeningOutput<C>>;
  /** The status of `state`. */
  readonly status: ChannelStatus;
  /** The last message of `state`. */
  readonly latest: ChannelMessage<C> | undefined;
  /** Listens to every message, or to whatever else is named; returns the undo. */
  subscribe(
    listener: ((message: ChannelMessage<C>) => void) | ChannelListener<ChannelMessage<C>, OpeningOutput<C>>,
  ): () => void;
  /** Listens to one event; returns the undo. */
  on<Event extends OutboundEvent<C>>(
    event: Event,
    listener: (
      payload: OutboundOutput<C, Event>,
      message: Extract<ChannelMessage<C>, { readonly event: Event }>,
    ) => void,
  ): () => void;
  /** Sends; resolves with the handler's reply, rejects with a `RealtimeRefusal`. Waits where there is no connection. */
  publish<Event extends InboundEvent<C>>(
    ...message: Publication<C, Event> | MissingEvent<C, Event>
  ): Promise<ReplyOutput<C>>;
  /** Ends all that was begun through this handle. */
  unsubscribe(): void;
}
