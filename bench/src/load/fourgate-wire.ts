import { SUBPROTOCOL, type ClientFrame } from "@repo/core-realtime";
import type { ClientScript } from "./client-script.js";
import { SOCKET_IO_PATH } from "./plain-wire.js";

// Everything about Fourgate's frames in the bench: what a client sends, and how many frames the server sends back.
// Over ws and Socket.IO a client subscribes as Fourgate's own does: its first frames travel with the request that connects it.
// Deliveries are counted, never read: no number of a channel has to be learned here.

const CONNECTED = { send: "", expect: 1 };
const SENT_ALREADY = { send: "", expect: 1 }; // and its reply comes
const PING: ClientFrame = { type: "ping" }; // a client that sends no frame at all is closed after 10 s
const subscribe = (channel: string): ClientFrame => ({ type: "subscribe", id: "1", channel });
const firstFrames = (channels: readonly string[]) => JSON.stringify(channels.map(subscribe));
const message = (channel: string, text: string) => ({ type: "message", channel, payload: { text } }) as const;

/** Fourgate over WebSockets. */
export const FOURGATE_WS: ClientScript = {
  kind: "websocket",
  path: () => "/realtime",
  protocol: (channels) =>
    channels.length === 0 ? SUBPROTOCOL : `${SUBPROTOCOL}, fourgate.first.%b${firstFrames(channels)}`,
  echo: "",
  enter: (channels) => [CONNECTED, ...(channels.length === 0 ? [{ send: JSON.stringify(PING), expect: 1 }] : [])],
  subscribe: () => [SENT_ALREADY],
  chat: (channel, text, style) =>
    style === "no id"
      ? { text: JSON.stringify(message(channel, text)), frames: 1 }
      : { text: JSON.stringify({ id: "%i", ...message(channel, text) }), frames: 2 }, // the message itself, and the reply
};

/** Fourgate over Socket.IO: the event is the frame's type, its body the rest, an acknowledgement the reply. */
export const FOURGATE_SOCKET_IO: ClientScript = {
  kind: "websocket",
  path: () => SOCKET_IO_PATH,
  protocol: () => "",
  echo: "",
  enter: (channels) => {
    if (channels.length === 0) return [CONNECTED, welcomed("40"), { send: emit(PING), expect: 1 }];
    return [CONNECTED, welcomed(`40${JSON.stringify({ first: firstFrames(channels) })}`)];
  },
  subscribe: () => [SENT_ALREADY],
  chat: (channel, text, style) =>
    style === "no id"
      ? { text: emit(message(channel, text)), frames: 1 }
      : { text: emit({ id: "%i", ...message(channel, text) }, "%n"), frames: 2 },
};

/** Fourgate over Server-Sent Events and POST. */
export const FOURGATE_SSE: ClientScript = {
  kind: "sse",
  path: () => "/realtime",
  protocol: () => "",
  echo: "Fourgate-Connection",
  enter: () => [CONNECTED, { send: JSON.stringify([PING]), expect: 1 }],
  subscribe: (channel) => [{ send: JSON.stringify([subscribe(channel)]), expect: 1 }],
  chat: () => undefined,
};

/** Socket.IO's own welcome, then ours. */
function welcomed(send: string) {
  return { send, expect: 2 };
}

function emit({ type, ...rest }: ClientFrame, acknowledgement = ""): string {
  return `42${acknowledgement}${JSON.stringify([type, rest])}`;
}
