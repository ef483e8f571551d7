import type { ClientScript } from "./client-script.js";

// The frames of the servers that have no Fourgate in them.

/** Where Socket.IO connects. */
export const SOCKET_IO_PATH = "/socket.io/?EIO=4&transport=websocket";

const UNIQUE = "%i";
const COUNTER = "%n";

/** Plain `ws`: an id may travel along; a reply is sent only where it is requested. */
export const PLAIN_WS: ClientScript = {
  kind: "websocket",
  path: () => "/",
  protocol: () => "",
  echo: "",
  enter: () => [],
  subscribe: (channel) => [{ send: JSON.stringify({ type: "subscribe", channel }), expect: 1 }],
  chat(channel, text, style) {
    const message = { type: "message", channel, payload: { text } };
    if (style === "no id") return { text: JSON.stringify(message), frames: 1 };
    if (style === "id") return { text: JSON.stringify({ id: UNIQUE, ...message }), frames: 1 };
    return { text: JSON.stringify({ id: UNIQUE, reply: true, ...message }), frames: 2 };
  },
};

/** `ws` with checks: every message has an id and gets a reply. */
export const HAND_WRITTEN_WS: ClientScript = {
  ...PLAIN_WS,
  subscribe: (channel) => [{ send: JSON.stringify({ type: "subscribe", id: "1", channel }), expect: 1 }],
  chat: (channel, text, style) => (style === "no id" ? undefined : PLAIN_WS.chat(channel, text, "id and reply")),
};

/** Plain Socket.IO: an id is an argument; a reply is its acknowledgement. */
export const PLAIN_SOCKET_IO: ClientScript = {
  kind: "websocket",
  path: () => SOCKET_IO_PATH,
  protocol: () => "",
  echo: "",
  enter: () => [
    { send: "", expect: 1 },
    { send: "40", expect: 1 },
  ],
  subscribe: (channel) => [{ send: `421${JSON.stringify(["subscribe", channel])}`, expect: 1 }],
  chat(channel, text, style) {
    const message = ["message", channel, { text }];
    if (style === "no id") return { text: `42${JSON.stringify(message)}`, frames: 1 };
    const withId = JSON.stringify([...message, UNIQUE]);
    return style === "id" ? { text: `42${withId}`, frames: 1 } : { text: `42${COUNTER}${withId}`, frames: 2 };
  },
};

/** Socket.IO with checks: every message has an id and gets an acknowledgement. */
export const HAND_WRITTEN_SOCKET_IO: ClientScript = {
  ...PLAIN_SOCKET_IO,
  chat: (channel, text, style) => (style === "no id" ? undefined : PLAIN_SOCKET_IO.chat(channel, text, "id and reply")),
};

/** Plain Server-Sent Events: the channels are in the URL, and the response's head confirms the subscription. */
export const PLAIN_SSE: ClientScript = {
  kind: "sse",
  path: (channels) => `/events?${channels.map((channel) => `channel=${channel}`).join("&")}`,
  protocol: () => "",
  echo: "",
  enter: () => [],
  subscribe: () => [],
  chat: () => undefined,
};
