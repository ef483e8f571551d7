import type { EnvelopeFrame, ServerFrame, WireError } from "@repo/core-realtime";
import type { ConnectionState } from "@repo/realtime-client";
import { expect, it } from "vitest";
import type { LiveEvent } from "./live-event";
import { liveReducer } from "./live-reducer";
import { INITIAL_STATE, type LiveState } from "./live-state";

const refusal: WireError = { code: "UNAUTHORIZED", message: "You may not use this channel.", retry: "never" };
const subscribe = { type: "subscribe", channel: "news" } as const;
const position = (offset: number) => ({ epoch: "e", offset });

const play = (...events: readonly LiveEvent[]): LiveState => events.reduce(liveReducer, INITIAL_STATE);
const received = (frame: ServerFrame): LiveEvent => ({ kind: "received", frame });
const replied = (frame: Extract<LiveEvent, { kind: "replied" }>["frame"], result?: unknown): LiveEvent => ({
  kind: "replied",
  frame,
  reply: { type: "reply", ok: true, result },
});
const refused = (frame: Extract<LiveEvent, { kind: "replied" }>["frame"]): LiveEvent => ({
  kind: "replied",
  frame,
  reply: { type: "reply", ok: false, error: refusal },
});
const message = (id: string, offset?: number): EnvelopeFrame => ({
  type: "message",
  id,
  channel: "news",
  event: "message",
  payload: { text: id },
  at: 0,
  sender: { type: "system" },
  ...(offset === undefined ? {} : { position: position(offset) }),
});

it("shows how the connection stands", () => {
  const state: ConnectionState = { status: "connected", connectionId: "c", userId: "mia", attempt: 0, madeAt: 0 };
  expect(play({ kind: "connection", state }).link).toEqual({ kind: "open", userId: "mia" });
});

it("shows a channel from the request to the reply", () => {
  const sentEvent: LiveEvent = { kind: "sent", frame: subscribe };
  expect(play(sentEvent).channels).toEqual({ news: { kind: "joining" } });
  expect(play(sentEvent, replied(subscribe, { channel: "news" })).channels["news"]).toMatchObject({ kind: "joined" });
  expect(play(sentEvent, refused(subscribe)).channels).toEqual({ news: { kind: "refused", error: refusal } });
});

it("forgets a channel that was left on request, and keeps the reason where it was taken away", () => {
  const joined = replied(subscribe, { channel: "news" });
  expect(play(joined, { kind: "sent", frame: { type: "unsubscribe", channel: "news" } }).channels).toEqual({});
  const left = received({ type: "left", channel: "news", error: refusal });
  expect(play(joined, left).channels).toEqual({ news: { kind: "left", error: refusal } });
});

it("takes a rewind's messages first and shows none twice", () => {
  const joined = replied(subscribe, {
    channel: "news",
    position: position(2),
    messages: [message("a", 1), message("b", 2)],
  });
  const state = play(joined, received(message("b", 2)), received(message("c", 3)));
  expect(state.messages.map(({ id }) => id)).toEqual(["a", "b", "c"]);
});

it("moves its position with every message, so that it can ask for what it missed", () => {
  const joined = replied(subscribe, { channel: "news", position: position(2), opening: ["hello"] });
  const state = play(joined, received(message("c", 3)));
  expect(state.channels["news"]).toEqual({ kind: "joined", position: position(3), opening: ["hello"] });
});

it("ends every channel where the server closed with 45xx", () => {
  const error: WireError = { code: "EXPELLED", message: "The session was ended; sign in again.", retry: "refresh" };
  const joined = replied(subscribe, { channel: "news", position: position(2) });
  const state = play(joined, { kind: "connection", state: { status: "stopped", error } });
  expect(state.link).toEqual({ kind: "ended", error });
  expect(state.channels).toEqual({});
});

it("keeps its channels while it waits to come back", () => {
  const joined = replied(subscribe, { channel: "news", position: position(2) });
  const state = play(joined, { kind: "connection", state: { status: "waiting", attempt: 1 } });
  expect(state.link).toEqual({ kind: "waiting", why: "The connection broke." });
  expect(Object.keys(state.channels)).toEqual(["news"]);
});

it("keeps the last reply to a message", () => {
  expect(play({ kind: "measured", reply: { kind: "replied", ms: 3 } }).reply).toEqual({ kind: "replied", ms: 3 });
});

it("writes every frame down, the newest sixty", () => {
  const pings = Array.from({ length: 70 }, (): LiveEvent => received({ type: "pong" }));
  const { wire } = play({ kind: "sent", frame: subscribe }, ...pings);
  expect(wire).toHaveLength(60);
  expect(play({ kind: "sent", frame: subscribe }).wire).toEqual([
    { key: 1, direction: "out", type: "subscribe", text: '{"channel":"news"}' },
  ]);
});

it("keeps a channel by a hostile name apart from the object it is kept in", () => {
  const state = play({ kind: "sent", frame: { type: "subscribe", channel: "__proto__" } });
  expect(Object.keys(state.channels)).toEqual(["__proto__"]);
});
