import type { ClientFrame } from "@repo/core-realtime";

const DEEP = Array.from({ length: 200 }).reduce<unknown>((inner) => ({ inner }), {});
const HEAVY = "x".repeat(48 * 1024);

/** What an abuser sends: some of it is no frame at all, some is refused, and some is valid but far too much. */
const FRAMES: readonly object[] = [
  ...Array.from({ length: 8 }, () => ({ type: "ping" })),
  { type: "subscribe", id: 7, channel: {} },
  { type: "subscribe", id: "s", channel: "news" },
  { type: "unsubscribe", id: "u", channel: "news" },
  { type: "subscribe", id: "x", channel: "no.such.channel" },
  ...Array.from({ length: 4 }, (_, n) => ({
    type: "message",
    id: `${n}`,
    channel: "figures.counted",
    payload: "more",
  })),
  { type: "message", id: "m", channel: "figures.counted", payload: HEAVY },
  { type: "message", id: "d", channel: "figures.counted", payload: DEEP },
  { type: "message", channel: "__proto__", payload: { __proto__: { admin: true } } },
  { type: "refresh", id: "r", token: "another-user" },
  { type: "constructor" },
];

/** One after the other, for ever. */
export function hostileFrame(turn: number): ClientFrame {
  return FRAMES[turn % FRAMES.length] as ClientFrame; // most of them are none, which is what they are for
}
