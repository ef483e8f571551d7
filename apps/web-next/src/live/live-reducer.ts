import type { ClientFrame, EnvelopeFrame, ReplyFrame, ServerFrame, SubscribeResult } from "@repo/core-realtime";
import { linkOf } from "./link-of";
import type { LiveEvent } from "./live-event";
import type { ChannelState, LinkState, LiveState, WireLine } from "./live-state";

const MAX_MESSAGES = 200; // a screen shows fewer; the rest is history's business
const MAX_WIRE_LINES = 60;

/** The next picture, after one event. Pure: time is in the event. */
export function liveReducer(state: LiveState, event: LiveEvent): LiveState {
  switch (event.kind) {
    case "connection":
      return connection(state, linkOf(event.state));
    case "measured":
      return { ...state, reply: event.reply };
    case "sent":
      return onSent(withWire(state, "out", event.frame), event.frame);
    case "replied":
      return onReplied(withWire(state, "in", event.reply), event);
    case "received":
      return onReceived(withWire(state, "in", event.frame), event.frame);
  }
}

function connection(state: LiveState, link: LinkState): LiveState {
  return { ...state, link, channels: link.kind === "ended" ? {} : state.channels };
}

function onSent(state: LiveState, frame: ClientFrame): LiveState {
  if (frame.type === "subscribe") return withChannel(state, frame.channel, { kind: "joining" });
  return frame.type === "unsubscribe" ? withoutChannel(state, frame.channel) : state;
}

type Replied = { readonly frame: ClientFrame; readonly reply: ReplyFrame };

function onReplied(state: LiveState, { frame, reply }: Replied): LiveState {
  if (frame.type !== "subscribe") return state;
  if (!reply.ok) return withChannel(state, frame.channel, { kind: "refused", error: reply.error });
  const { position, opening, messages = [] } = reply.result as SubscribeResult; // the protocol's reply to a subscribe
  const joined = withChannel(state, frame.channel, { kind: "joined", position, opening });
  return messages.reduce((next, envelope) => withMessage(next, { type: "message", ...envelope }), joined);
}

function onReceived(state: LiveState, frame: ServerFrame): LiveState {
  switch (frame.type) {
    case "message":
      return withMessage({ ...state, received: state.received + 1 }, frame);
    case "left":
      return withChannel(state, frame.channel, { kind: "left", error: frame.error });
    case "error":
      return { ...state, reply: { kind: "refused", error: frame.error } };
    case "connected":
    case "draining":
    case "close":
    case "reply":
    case "expiring":
    case "pong":
      return state;
  }
}

function withMessage(state: LiveState, frame: EnvelopeFrame): LiveState {
  if (state.messages.some(({ id }) => id === frame.id)) return state; // a rewind may bring what we have
  const channel = state.channels[frame.channel];
  const moved =
    channel?.kind === "joined" && frame.position
      ? withChannel(state, frame.channel, { ...channel, position: frame.position })
      : state;
  return { ...moved, messages: [...state.messages, frame].slice(-MAX_MESSAGES) };
}

function withChannel(state: LiveState, name: string, channel: ChannelState): LiveState {
  return { ...state, channels: { ...state.channels, [name]: channel } };
}

function withoutChannel(state: LiveState, name: string): LiveState {
  const { [name]: _gone, ...channels } = state.channels;
  return { ...state, channels };
}

function withWire(state: LiveState, direction: WireLine["direction"], frame: ClientFrame | ServerFrame): LiveState {
  const { type, ...rest } = frame;
  const line = { key: (state.wire.at(-1)?.key ?? 0) + 1, direction, type, text: JSON.stringify(rest) };
  return { ...state, wire: [...state.wire, line].slice(-MAX_WIRE_LINES) };
}
