import { expect, it } from "vitest";
import { Packet } from "./packet.js";
import { endOfTurn, KIB, large, openLagging, openOutbox, packet } from "./testing/open-outbox.js";

it("ends a reader for whom more waits than it may, queue and transport together, and takes just as much", async () => {
  const { outbox, onTooSlow } = openOutbox({ maxBufferedBytes: 30 });
  outbox.deliver(packet("x".repeat(10)));
  await endOfTurn();
  outbox.deliver(packet("x".repeat(20)));
  expect(onTooSlow).not.toHaveBeenCalled();
  outbox.deliver(packet("x"));
  expect(onTooSlow).toHaveBeenCalledOnce();
});

it("counts bytes, not characters", () => {
  const { outbox, onTooSlow } = openOutbox({ maxBufferedBytes: 30 });
  outbox.deliver(packet("🜂".repeat(7)));
  outbox.deliver(packet("xxx"));
  expect(onTooSlow).toHaveBeenCalledOnce();
});

it.each(["websocket", "polling"] as const)("counts what a %s client has read no more", async (transport) => {
  const { outbox, engine, onTooSlow } = openOutbox({ maxBufferedBytes: 30, transport });
  for (let n = 0; n < 100; n += 1) {
    outbox.deliver(packet("x".repeat(20)));
    await endOfTurn();
    engine.drain();
  }
  expect(onTooSlow).not.toHaveBeenCalled();
});

it("counts a poll's answer until the client asks again: engine.io takes it for sent before it is", async () => {
  const { outbox, engine, onTooSlow } = openOutbox({ maxBufferedBytes: 30, transport: "polling" });
  outbox.deliver(packet("x".repeat(20)));
  await endOfTurn();
  engine.transport.emit("drain");
  outbox.deliver(packet("x".repeat(20)));
  expect(onTooSlow).toHaveBeenCalledOnce();
});

it("counts a write of somebody else while it is under way, and no longer", async () => {
  const { outbox, engine, onTooSlow } = openOutbox({ maxBufferedBytes: 30 });
  engine.write("x".repeat(5));
  for (let n = 0; n < 10; n += 1) {
    engine.write("x".repeat(20)); // while the one before is under way
    engine.drain();
  }
  expect(onTooSlow).not.toHaveBeenCalled();
  outbox.deliver(packet("x".repeat(20)));
  expect(onTooSlow).toHaveBeenCalledOnce();
});

it("counts a poll's answer no more when the client has changed to WebSocket", async () => {
  const { outbox, engine, onTooSlow } = openOutbox({ maxBufferedBytes: 30, transport: "polling" });
  outbox.deliver(packet("x".repeat(20)));
  await endOfTurn();
  engine.emit("upgrade", engine.transport);
  outbox.deliver(packet("x".repeat(20)));
  expect(onTooSlow).not.toHaveBeenCalled();
});

it("sends an answer of any size to who reads, and none to who does not", async () => {
  const { outbox, engine, onTooSlow, texts } = openOutbox({ maxBufferedBytes: 30 });
  outbox.deliver(packet("a little"));
  outbox.send(new Packet("x".repeat(100)));
  await endOfTurn();
  expect(texts()).toHaveLength(1);
  outbox.send(new Packet("one more"));
  expect(onTooSlow).toHaveBeenCalledOnce();
  engine.drain();
  outbox.send(new Packet("and now"));
  expect(onTooSlow).toHaveBeenCalledOnce();
});

it("drops what may be dropped while the reader lags, and only then", async () => {
  const { outbox, engine, texts, onTooSlow } = await openLagging();
  for (let n = 0; n < 100; n += 1) outbox.deliverOrDrop(large("dropped"));
  engine.drain();
  engine.drain();
  outbox.deliverOrDrop(packet("taken"));
  await endOfTurn();
  expect(texts().join()).not.toContain("dropped");
  expect(texts().at(-1)).toBe("taken");
  expect(onTooSlow).not.toHaveBeenCalled();
});

it("drops nothing of a burst within one turn: who reads is not late", async () => {
  const { outbox, texts } = openOutbox({ maxBufferedBytes: KIB * KIB });
  for (let n = 0; n < 10; n += 1) outbox.deliverOrDrop(large(String(n)));
  await endOfTurn();
  expect(texts()[0]?.split("\x1e")).toHaveLength(10);
});

it("keeps the latest per key while the reader lags, in the order of the broadcasts", async () => {
  const { outbox, engine, texts, onTooSlow } = await openLagging();
  for (let n = 0; n < 100; n += 1) {
    outbox.deliverLatest(large(`a${n}`, 10 * KIB), "a");
    outbox.deliverLatest(large(`b${n}`, 10 * KIB), "b");
  }
  outbox.deliverLatest(packet("a last"), "a");
  engine.drain();
  const [, rest = ""] = texts();
  expect(rest.split("\x1e4").map((text) => text.replaceAll(".", ""))).toEqual(["waiting", "b99", "a last"]);
  expect(onTooSlow).not.toHaveBeenCalled();
});

it("ends a reader for whom the latest of all keys are too much", async () => {
  const { outbox, onTooSlow } = await openLagging();
  for (const key of ["a", "b", "c"]) outbox.deliverLatest(large(key), key);
  expect(onTooSlow).toHaveBeenCalledOnce();
});
