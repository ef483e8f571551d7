import type { RealtimeErrorCode, ReplyFrame, WireError } from "@repo/core-realtime";

interface FrameListener<Frame> {
  onFrame(frame: Frame): void;
}

/** What the watch reports, as it shows on the wire. */
export interface ResubscribeListener {
  onResubscribed(channel: string): void;
  /** The server ended a subscription with GAP: a client that comes back by itself does not report it to its application. */
  onGap(channel: string): void;
}

const GAP: RealtimeErrorCode = "GAP";

/** Reports each channel that a client subscribed to once more on a connection that held; wraps the events of one connection. */
export function watchResubscribes<Frame, Events extends FrameListener<Frame>>(
  events: Events & FrameListener<Frame>,
  listener: ResubscribeListener,
): Events {
  const subscribed = new Set<string>();
  return {
    ...events,
    onFrame(frame: Frame) {
      const channel = subscribedChannel(frame);
      if (channel !== undefined && subscribed.has(channel)) listener.onResubscribed(channel);
      if (channel !== undefined) subscribed.add(channel);
      const lost = gapChannel(frame);
      if (lost !== undefined) listener.onGap(lost);
      events.onFrame(frame);
    },
  };
}

/** The channel whose subscribe this frame confirms. */
function subscribedChannel(frame: unknown): string | undefined {
  const { type, ok, result } = frame as Partial<Extract<ReplyFrame, { readonly ok: true }>>; // this reply is the same in every version of the wire
  if (type !== "reply" || !ok) return undefined;
  const isSubscribed = typeof result === "object" && result !== null && "channel" in result;
  return isSubscribed ? String(result.channel) : undefined;
}

/** The channel that this frame ends with GAP. */
function gapChannel(frame: unknown): string | undefined {
  const { type, channel, error } = frame as {
    readonly type?: string;
    readonly channel?: string;
    readonly error?: WireError;
  }; // so is this one
  return type === "left" && error?.code === GAP ? channel : undefined;
}
