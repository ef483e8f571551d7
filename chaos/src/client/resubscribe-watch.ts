import type { ReplyFrame } from "@repo/core-realtime";

interface FrameListener<Frame> {
  onFrame(frame: Frame): void;
}

/** Reports each channel that a client subscribed to once more on a connection that held; wraps the events of one connection. */
export function watchResubscribes<Frame, Events extends FrameListener<Frame>>(
  events: Events & FrameListener<Frame>,
  onResubscribed: (channel: string) => void,
): Events {
  const subscribed = new Set<string>();
  return {
    ...events,
    onFrame(frame: Frame) {
      const channel = subscribedChannel(frame);
      if (channel !== undefined && subscribed.has(channel)) onResubscribed(channel);
      if (channel !== undefined) subscribed.add(channel);
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
