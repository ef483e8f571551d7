import type { ChannelAddress } from "../channel/channel-address.js";
import type { RealtimeChannel } from "../channel/realtime-channel.js";
import type { ChannelAnswers, RealtimeHandler, RealtimeMessage, OpeningRequest } from "./realtime-handler.js";

/** A concrete name resolved: its address and who answers, types already checked at registration. */
export interface ResolvedChannel {
  readonly address: ChannelAddress;
  readonly handler: ((message: RealtimeMessage<RealtimeChannel>) => unknown) | undefined;
  readonly opening: ((request: OpeningRequest<RealtimeChannel>) => unknown) | undefined;
}

/**
 * Seam 3: who answers?
 * MUST refuse a second registration of a name, and two templates that could match one name, with a `TypeError`.
 * MUST resolve a name in its canonical spelling only. Registering returns its undo.
 */
export interface IRealtimeHandlerRegistry {
  /** A channel that clients speak on: its handler, or its handler and opening together. */
  register<C extends RealtimeChannel>(channel: C, answers: RealtimeHandler<C> | ChannelAnswers<C>): () => void;
  /** A channel that clients only listen to. */
  registerChannel(channel: RealtimeChannel): () => void;
  /** The channel behind a concrete name, or undefined where there is none. */
  resolve(name: string): ResolvedChannel | undefined;
  /** Every registered channel, in the order of registration. */
  listChannels(): readonly RealtimeChannel[];
}
