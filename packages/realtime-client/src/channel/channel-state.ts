import type { RealtimeEnvelope, RealtimePosition } from "@repo/core-realtime";
import type { RealtimeRefusal } from "../realtime-refusal.js";

/** `idle`: nobody listens. `subscribing`: asked for, or to be asked for again as soon as there is a connection. */
export type ChannelStatus = "idle" | "subscribing" | "subscribed" | "refused";

/** What is known of a channel; a new object whenever something changes. */
export interface ChannelState<Message = RealtimeEnvelope> {
  readonly status: ChannelStatus;
  /** Why, where it was refused. */
  readonly error?: RealtimeRefusal | undefined;
  /** The last message. */
  readonly latest?: Message | undefined;
  /** Where we stand in the channel's history, where it has one. */
  readonly position?: RealtimePosition | undefined;
  /** What the channel hands a newcomer, as of the last subscribe. */
  readonly opening?: unknown;
}

export const NOBODY_LISTENS: ChannelState<never> = { status: "idle" };
