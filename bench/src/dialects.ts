import type { ContenderName } from "./contender-name.js";

/** One thing a client says, and how many frames it waits for before the next. */
export interface Step {
  readonly say: string;
  readonly expect: number;
}

/** How the clients of a contender speak. A `%d` in a channel is the client's number, modulo the channels of the scenario. */
export interface Dialect {
  readonly path: string;
  /** The sub-protocol that clients offer; empty for none. */
  readonly protocol: string;
  /** What a client does to be let in. */
  readonly enter: readonly Step[];
  subscribe(channel: string): Step;
  /** Says something to everybody on a channel. */
  chat(channel: string, text: string): string;
}

const SOCKET_IO_PATH = "/socket.io/?EIO=4&transport=websocket";

/** Every contender's dialect. */
export const DIALECTS: Readonly<Record<ContenderName, Dialect>> = {
  ws: {
    path: "/",
    protocol: "",
    enter: [],
    subscribe: (channel) => ({ say: JSON.stringify({ type: "subscribe", channel }), expect: 1 }),
    chat: (channel, text) => JSON.stringify({ type: "message", channel, payload: { text } }),
  },
  "Fourgate ws": {
    path: "/realtime",
    protocol: "fourgate.v1",
    enter: [
      { say: "", expect: 1 },
      { say: JSON.stringify({ type: "ping" }), expect: 1 }, // who says nothing at all is closed after 10 s
    ],
    subscribe: (channel) => ({ say: JSON.stringify({ type: "subscribe", id: "1", channel }), expect: 1 }),
    chat: (channel, text) => JSON.stringify({ type: "message", channel, payload: { text } }),
  },
  "Socket.IO": {
    path: SOCKET_IO_PATH,
    protocol: "",
    enter: [
      { say: "", expect: 1 },
      { say: "40", expect: 1 },
    ],
    subscribe: (channel) => ({ say: `421${JSON.stringify(["subscribe", channel])}`, expect: 1 }),
    chat: (channel, text) => `42${JSON.stringify(["message", channel, { text }])}`,
  },
  "Fourgate Socket.IO": {
    path: SOCKET_IO_PATH,
    protocol: "",
    enter: [
      { say: "", expect: 1 },
      { say: "40", expect: 2 }, // its own welcome, then ours
      { say: `42${JSON.stringify(["ping", {}])}`, expect: 1 },
    ],
    subscribe: (channel) => ({ say: `421${JSON.stringify(["subscribe", { channel }])}`, expect: 1 }),
    chat: (channel, text) => `42${JSON.stringify(["message", { channel, payload: { text } }])}`,
  },
};
