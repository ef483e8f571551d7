import type { RealtimeEnvelope } from "@repo/core-realtime";
import type { ChannelState } from "./channel-state.js";

/** The callbacks of a channel's listener. */
export interface ChannelListener<Message = RealtimeEnvelope, Opening = unknown> {
  /** Every message, in order, once. */
  readonly message?: ((message: Message) => void) | undefined;
  /** Messages were missed and cannot be recovered: what was built from them is stale, load it again. */
  readonly gap?: (() => void) | undefined;
  /** The state that the channel gives a new subscriber; again after a reconnect, unless the gap was filled. More of it may follow as messages. */
  readonly opening?: ((opening: Opening) => void) | undefined;
  /** `state` is another object now. */
  readonly change?: ((state: ChannelState<Message, Opening>) => void) | undefined;
}
