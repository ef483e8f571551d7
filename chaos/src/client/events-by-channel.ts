import type { ChaosClientEvents } from "./chaos-client";

/** Passes the events of one channel to a listener of its own. */
export function eventsByChannel(
  special: { readonly channel: string; readonly events: ChaosClientEvents },
  rest: ChaosClientEvents,
): ChaosClientEvents {
  const to = (channel: string) => (channel === special.channel ? special.events : rest);
  return {
    onAttached: (attachment) => to(attachment.channel).onAttached(attachment),
    onMessage: (envelope) => to(envelope.channel).onMessage(envelope),
    onHole: (channel) => to(channel).onHole(channel),
    onResubscribed: (channel) => to(channel).onResubscribed(channel),
    onStray: (envelope) => to(envelope.channel).onStray(envelope),
    onUnknown(frame) {
      special.events.onUnknown(frame); // it has no channel: each takes what is its own
      rest.onUnknown(frame);
    },
    onResent: (count) => rest.onResent(count),
    onRefused: (channel, code) => to(channel).onRefused(channel, code),
  };
}
