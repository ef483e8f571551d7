import type { RealtimeEnvelope } from "@repo/core-realtime";
import type { ChannelState } from "./channel-state.js";

/** What one may hear of a channel. */
export interface ChannelListener<Message = RealtimeEnvelope> {
  /** Every message, in order, once. */
  readonly message?: ((message: Message) => void) | undefined;
  /** Messages were missed and cannot be had any more: what was built from them is stale, load it afresh. */
  readonly gap?: (() => void) | undefined;
  /** What the channel hands a newcomer; again after each reconnect. */
  readonly opening?: ((opening: unknown) => void) | undefined;
  /** `state` is another object now. */
  readonly change?: ((state: ChannelState<Message>) => void) | undefined;
}
