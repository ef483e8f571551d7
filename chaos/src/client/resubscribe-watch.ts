import type { ServerFrame } from "@repo/core-realtime";

interface FrameListener {
  readonly onFrame: (frame: ServerFrame) => void;
}

/** Reports each channel that a client subscribed to once more on a connection that held; wraps the events of one connection. */
export function watchResubscribes<Events extends FrameListener>(
  events: Events,
  onResubscribed: (channel: string) => void,
): Events {
  const subscribed = new Set<string>();
  return {
    ...events,
    onFrame(frame) {
      const channel = subscribedChannel(frame);
      if (channel !== undefined && subscribed.has(channel)) onResubscribed(channel);
      if (channel !== undefined) subscribed.add(channel);
      events.onFrame(frame);
    },
  };
}

/** The channel whose subscribe this frame confirms. */
function subscribedChannel(frame: ServerFrame): string | undefined {
  if (frame.type !== "reply" || !frame.ok) return undefined;
  const { result } = frame;
  const isSubscribed = typeof result === "object" && result !== null && "channel" in result;
  return isSubscribed ? String(result.channel) : undefined;
}
