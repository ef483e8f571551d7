import { FlushScheduler } from "@repo/core-realtime/server";
import { expect, it } from "vitest";
import type { Packets } from "./packets.js";
import { KIB, large, message, openConnection } from "./testing/open-connection.js";

const transports = ["websocket", "polling"] as const;

it("sends what a turn brought as one write, as text and as ready frames", () => {
  const { deliver, engine, texts } = openConnection();
  deliver(message("1"), message("2"), message("3"));
  expect(texts()).toEqual(["1\x1e42\x1e43"]);
  expect(engine.written[0]?.frame?.toString("latin1")).toBe("\x81\x0241\x81\x0242\x81\x0243");
});

it("joins once for all that are sent the same in the same order, and separately for the others", () => {
  const scheduler = new FlushScheduler<Packets>();
  const [mia, sam, pia] = [1, 2, 3].map(() => openConnection({ scheduler }));
  for (const shared of [message("1"), message("2")])
    for (const each of [mia, sam, pia]) each?.connection.deliver(shared);
  pia?.connection.send({ type: "pong" });
  scheduler.flush();
  const [first, second, third] = [mia, sam, pia].map((each) => each?.engine.written[0]?.frame);
  expect(first).toBe(second);
  expect(third?.length).toBeGreaterThan(first?.length ?? 0);
});

it("lets engine.io hold a little between two polls, and holds the rest back until the client polls again", () => {
  const { deliver, engine, texts } = openConnection({ transport: "polling" });
  deliver(large("response of a poll"));
  deliver(message("a little"));
  deliver(large("much"));
  deliver(message("held"));
  deliver(message("back"));
  expect(texts().map((text) => text.replaceAll(".", ""))).toEqual(["response of a poll", "a little", "much"]);
  engine.drain();
  expect(texts().at(-1)).toBe("held\x1e4back");
});

it("takes back what waits of a channel that was left behind a WebSocket that takes no more", () => {
  const { deliver, connection, engine, texts } = openConnection();
  for (const text of ["under way", "held by engine.io"]) deliver(large(text));
  deliver(message("secret", "left"), message("stays"));
  connection.drop("left");
  engine.drain();
  expect(texts().at(-1)).toBe("stays");
});

it("skips nothing that may be dropped of a client that polls again as soon as it has the response", () => {
  const { deliver, engine, texts } = openConnection({ transport: "polling" });
  for (let n = 0; n < 10; n += 1) {
    deliver({ ...large(String(n)), overflow: "drop" }); // the next poll is on its way
    engine.drain();
  }
  expect(texts()).toHaveLength(10);
});

it.each(transports)("counts what a %s client has read no more", (transport) => {
  const { deliver, engine, isCut } = openConnection({ maxBufferedBytes: 30, transport });
  for (let n = 0; n < 100; n += 1) {
    deliver(message("x".repeat(20)));
    engine.drain();
  }
  expect(isCut()).toBe(false);
});

it.each(transports)("cuts a %s client whose queue holds more than it may, and takes just as much", (transport) => {
  const { deliver, isCut } = openConnection({ maxBufferedBytes: 30, transport });
  deliver(message("x".repeat(10)));
  deliver(message("x".repeat(20)));
  expect(isCut()).toBe(false);
  deliver(message("x"));
  expect(isCut()).toBe(true);
});

it("counts bytes, not characters", () => {
  const { deliver, isCut } = openConnection({ maxBufferedBytes: 30 });
  deliver(message("🜂".repeat(7)), message("xxx"));
  expect(isCut()).toBe(true);
});

it("counts a poll's response until the client polls again: engine.io takes it for sent before it is", () => {
  const { deliver, engine, isCut } = openConnection({ maxBufferedBytes: 30, transport: "polling" });
  deliver(message("x".repeat(20)));
  engine.transport.emit("drain");
  deliver(message("x".repeat(20)));
  expect(isCut()).toBe(true);
});

it("counts a poll's response no more when the client has changed to WebSocket", () => {
  const { deliver, engine, isCut } = openConnection({ maxBufferedBytes: 30, transport: "polling" });
  deliver(message("x".repeat(20)));
  engine.emit("upgrade", engine.transport);
  deliver(message("x".repeat(20)));
  expect(isCut()).toBe(false);
});

it("sends at once what waited for a client that has changed to WebSocket", () => {
  const { deliver, engine, texts } = openConnection({ transport: "polling" });
  for (const text of ["response of a poll", "held by engine.io"]) deliver(large(text));
  deliver(message("waits"));
  expect(texts()).toHaveLength(2);
  engine.upgrade();
  expect(texts().at(-1)).toBe("waits");
});

it("sends everything that waits before a write by other code, whether the connection takes it or not", () => {
  const { deliver, connection, engine, texts } = openConnection();
  for (const text of ["under way", "held by engine.io"]) deliver(large(text));
  deliver(message("held back"));
  connection.deliver(message("of this turn"));
  engine.write("foreign");
  expect(texts().slice(2)).toEqual(["held back\x1e4of this turn", "foreign"]);
});

it("counts a write by other code while it is under way, and no longer", () => {
  const { deliver, engine, isCut } = openConnection({ maxBufferedBytes: 30 });
  engine.write("x".repeat(5));
  for (let n = 0; n < 10; n += 1) {
    engine.write("x".repeat(20)); // while the one before is under way
    engine.drain();
  }
  expect(isCut()).toBe(false);
  deliver(message("x".repeat(20)));
  expect(isCut()).toBe(true);
});

it("counts the latest write by other code before the next message", () => {
  const { deliver, engine, isCut } = openConnection({ maxBufferedBytes: 30 });
  engine.write("x".repeat(20));
  deliver(message("x".repeat(20)));
  expect(isCut()).toBe(true);
});

it("cuts a client whose queue the writes of other code overfill", () => {
  const { engine, isCut } = openConnection({ maxBufferedBytes: 2 * KIB });
  for (let n = 0; n < 4; n += 1) engine.write("x".repeat(KIB));
  expect(isCut()).toBe(true);
});
