import type { userNotificationsChannel } from "@repo/notifications";
import type { EnvelopeFrame, OutboundOutput } from "@repo/core-realtime";
import type { LiveState } from "../live/live-state";

type Inbox = typeof userNotificationsChannel;
type Arrived = OutboundOutput<Inbox, "arrived">;

/** One notification as the inbox shows it. */
export interface ShownNotification extends Arrived {
  /** Milliseconds since 1970; undefined for the sample data that development starts with. */
  readonly at: number | undefined;
  readonly isRead: boolean;
}

/** The notifications of an inbox, newest first: what the opening held, what arrived, and which of it was read, in any tab. */
export function notificationsOf(state: LiveState, inboxChannel: string): readonly ShownNotification[] {
  const received = state.messages.filter(({ channel }) => channel === inboxChannel);
  const read = new Set(received.filter(({ event }) => event === "read").map((frame) => payloadOf<"read">(frame).id));
  const arrived = received
    .filter(({ event }) => event === "arrived")
    .map((frame) => ({ ...payloadOf<"arrived">(frame), at: frame.at }));
  const opening = openingOf(state, inboxChannel).map((sample) => ({ ...sample, at: undefined }));
  return [...opening, ...arrived].reverse().map((shown) => ({ ...shown, isRead: read.has(shown.id) }));
}

// Gate 4 has checked both against the channel's schema; that schema stays on the server.
function payloadOf<Event extends "arrived" | "read">(frame: EnvelopeFrame): OutboundOutput<Inbox, Event> {
  return frame.payload as OutboundOutput<Inbox, Event>;
}

function openingOf({ channels }: LiveState, inboxChannel: string): readonly Arrived[] {
  const channel = channels[inboxChannel];
  return channel?.kind === "joined" && channel.opening !== undefined ? (channel.opening as readonly Arrived[]) : [];
}
