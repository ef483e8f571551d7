import { FakeClock } from "@repo/core-testing";
import { expect, it, vi } from "vitest";
import { ScriptedTransport, wireError } from "../testing/scripted-transport.js";
import { TabHub } from "./tab-hub.js";
import type { TabMessage } from "./tab-message.js";

/** The leader's side alone; the test plays the tabs and the server. */
function hubUnderTest() {
  const sent: TabMessage[] = [];
  const real = new ScriptedTransport();
  const clock = new FakeClock();
  const bus = { send: (message: TabMessage) => void sent.push(message), listen: () => () => undefined };
  const hub = new TabHub({ transport: real, bus, clock, onError: vi.fn() });
  return {
    hub,
    real,
    clock,
    sent,
    open: (link: string, token = "mia") => hub.open({ kind: "open", link, url: "/", token, identity: undefined }),
    subscribe: (link: string, id: string) => hub.send(link, { type: "subscribe", id, channel: "news" }),
    take: (id: string) => real.link.emit({ type: "reply", id, ok: true, result: { channel: "news" } }),
    refuse: (id: string, code: "OVERLOADED" | "REFUSED") =>
      real.link.emit({ type: "reply", id, ok: false, error: wireError(code) }),
    /** The frames of a type that a link received. */
    notified: (link: string, type: string) =>
      sent.filter((message) => message.kind === "receive" && message.link === link && message.frame.type === type),
  };
}

it("unsubscribes at the server when the one tab leaves that was refused unread, but was subscribed before", () => {
  const { hub, real, open, subscribe, take, refuse, notified } = hubUnderTest();
  open("a");
  real.link.welcome();
  subscribe("a", "1");
  take("1");
  subscribe("a", "2");
  refuse("2", "OVERLOADED");
  hub.send("a", { type: "unsubscribe", channel: "news" });
  expect(real.link.of("unsubscribe").length).toBe(1);
  expect(notified("a", "left")).toEqual([]);
});

it("subscribes a tab by its second request where the first was refused unread", () => {
  const { real, open, subscribe, take, refuse, notified } = hubUnderTest();
  for (const link of ["a", "b"]) open(link);
  real.link.welcome();
  subscribe("b", "0");
  take("0");
  for (const id of ["1", "2"]) subscribe("a", id);
  refuse("1", "OVERLOADED");
  take("2");
  real.link.emit({ type: "message", id: "m", channel: "news", event: "message", payload: 1, at: 0, sender: { type: "system" } }); // prettier-ignore
  expect(notified("a", "message").length).toBe(1);
});

it("notifies the others that a refusal ended theirs, and the requesting tab once", () => {
  const { real, open, subscribe, take, refuse, notified } = hubUnderTest();
  for (const link of ["a", "b"]) open(link);
  real.link.welcome();
  subscribe("b", "0");
  take("0");
  subscribe("a", "1");
  refuse("1", "REFUSED");
  expect([notified("a", "left").length, notified("b", "left").length]).toEqual([0, 1]);
  expect(notified("a", "reply").length).toBe(1);
});

it("opens a link for another user once the last tab of the first user has gone", () => {
  const { hub, real, open } = hubUnderTest();
  open("a", "mia");
  expect(open("b", "tom")).toBe(false);
  hub.close("a");
  expect(open("c", "tom")).toBe(true);
  expect(real.links.map(({ request }) => request.token)).toEqual(["mia", "tom"]);
});

it("paces the messages of all tabs together, in order, and forgets those of a tab that has gone", () => {
  const { hub, real, clock, open } = hubUnderTest();
  for (const link of ["a", "b", "c"]) open(link);
  real.link.welcome();
  for (let id = 0; id < 30; id += 1)
    for (const link of ["a", "b", "c"]) hub.send(link, { type: "message", id: `${link}${id}`, channel: "news" });
  expect(real.link.of("message").length).toBe(36);
  hub.close("c");
  clock.advance(1_000);
  expect(real.link.of("message").length).toBe(53);
  clock.advance(10_000);
  const ids = real.link.of("message").map(({ id }) => id);
  expect(ids.filter((id) => id?.startsWith("a"))).toEqual(Array.from({ length: 30 }, (_, id) => `a${id}`));
  expect(ids.filter((id) => id?.startsWith("c")).length).toBe(12);
});

it("lets no refresh overtake a message: it would be sent as another user", () => {
  const { hub, real, clock, open } = hubUnderTest();
  open("a");
  real.link.welcome();
  for (let id = 0; id < 40; id += 1) hub.send("a", { type: "message", id: `${id}`, channel: "news" });
  hub.send("a", { type: "refresh", id: "r", token: "tom" });
  hub.send("a", { type: "subscribe", id: "s", channel: "news" });
  expect([real.link.of("refresh").length, real.link.of("subscribe").length]).toEqual([0, 1]);
  clock.advance(1_000);
  expect(real.link.sent.at(-1)).toMatchObject({ type: "refresh", id: "r" });
});

it("sends what waits when something arrives, for the timers of a hidden tab sleep", () => {
  const { hub, real, clock, open } = hubUnderTest();
  open("a");
  real.link.welcome();
  for (let id = 0; id < 40; id += 1) hub.send("a", { type: "message", id: `${id}`, channel: "news" });
  clock.jump(1_000);
  real.link.emit({ type: "pong" });
  expect(real.link.of("message").length).toBe(40);
});

it("replies to the links in its table, and closes the others", () => {
  const { hub, sent, open } = hubUnderTest();
  open("a");
  hub.pulse("a");
  hub.pulse("z");
  expect(sent).toEqual([
    { kind: "alive", link: "a" },
    { kind: "alive", link: "a" },
    { kind: "over", link: "z" },
  ]);
});

it("gives a tab with another ask of a channel a connection of its own, and leaves the first tab's subscription", () => {
  const { hub, real, sent, open } = hubUnderTest();
  for (const link of ["a", "b", "c"]) open(link);
  real.link.welcome();
  const ask = (link: string, page: number | undefined) =>
    hub.send(link, { type: "subscribe", id: `${link}${page}`, channel: "list", ask: page });
  ask("a", 1);
  ask("c", undefined);
  expect(sent.filter(({ kind }) => kind === "alone")).toEqual([]);
  ask("b", 2);
  expect(sent.filter(({ kind }) => kind === "alone")).toEqual([{ kind: "alone", link: "b" }]);
  expect(real.link.of("subscribe").map(({ id }) => id)).toEqual(["a1", "cundefined"]);
  expect(real.link.of("unsubscribe")).toEqual([]);
});
