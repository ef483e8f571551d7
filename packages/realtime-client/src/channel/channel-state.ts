import type { RealtimeEnvelope, RealtimePosition } from "@repo/core-realtime";
import type { RealtimeRefusal } from "../realtime-refusal.js";

/** `idle`: it has no listener. `subscribing`: requested, or to be requested again: as soon as there is a connection, or after a pause (`error` has the reason). */
export type ChannelStatus = "idle" | "subscribing" | "subscribed" | "refused";

/** What is known of a channel; a new object whenever something changes. */
export interface ChannelState<Message = RealtimeEnvelope, Opening = unknown> {
  /** Where the subscription stands. */
  readonly status: ChannelStatus;
  /** Why it was refused, or why the server ended it, until the next reply. */
  readonly error?: RealtimeRefusal | undefined;
  /** The last message. */
  readonly latest?: Message | undefined;
  /** Where we stand in the channel's history, where it has one. */
  readonly position?: RealtimePosition | undefined;
  /** The state that the channel gave at the last subscribe. */
  readonly opening?: Opening | undefined;
  /** The server ended the subscription and it is requested again: what is shown may be behind. */
  readonly isStale?: boolean | undefined;
}

export const NOBODY_LISTENS: ChannelState<never> = { status: "idle" };
