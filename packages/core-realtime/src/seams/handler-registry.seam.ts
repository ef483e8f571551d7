import type { ChannelAddress } from "../channel/channel-address.js";
import type { RealtimeChannel } from "../channel/realtime-channel.js";
import type {
  AudienceChange,
  ChannelHandlers,
  ClosedSubscription,
  OpeningRequest,
  RealtimeHandler,
  RealtimeMessage,
} from "./realtime-handler.js";

/** A concrete name resolved: its address and its server side, types already checked at registration. */
export interface ResolvedChannel {
  /** The channel behind the name. */
  readonly address: ChannelAddress;
  /** Replies to the messages of clients; undefined where they only subscribe. */
  readonly handler: ((message: RealtimeMessage<RealtimeChannel>) => unknown) | undefined;
  /** Returns what a new subscriber receives first. */
  readonly opening: ((request: OpeningRequest<RealtimeChannel>) => unknown) | undefined;
  /** Called when a subscription has ended. */
  readonly closing?: ((closed: ClosedSubscription<RealtimeChannel>) => Promise<void> | void) | undefined;
  /** Called when the number of subscribers on this node changes. */
  readonly audience?: ((change: AudienceChange<RealtimeChannel>) => Promise<void> | void) | undefined;
}

/**
 * Seam 3: which channels are there, and who handles them?
 * MUST refuse a second registration of a name, and two templates that could match one name, with a `TypeError`; so too a `register`
 * that leaves out the opening that the channel declares.
 * MUST resolve a name in its canonical spelling only. Registering returns its undo.
 * MUST call its watchers whenever a name may resolve to something else; the node then checks every open subscription.
 */
export interface IRealtimeHandlerRegistry {
  /** A channel that clients send on: its handler, or its handler, opening, closing and audience together. */
  register<C extends RealtimeChannel>(channel: C, handlers: RealtimeHandler<C> | ChannelHandlers<C>): () => void;
  /** A channel that clients only subscribe to; any channel in a process that only publishes. */
  registerChannel(channel: RealtimeChannel): () => void;
  /** The channel behind a concrete name, or undefined where there is none. */
  resolve(name: string): ResolvedChannel | undefined;
  /** Is the name's channel disabled for now? It resolves to nothing then, and is refused with CHANNEL_DISABLED. Left out: none ever is. */
  isDisabled?(name: string): boolean;
  /** Every registered channel, in the order of registration. */
  listChannels(): readonly RealtimeChannel[];
  /** Calls back after each change; returns the undo. */
  watch(changed: () => void): () => void;
}
