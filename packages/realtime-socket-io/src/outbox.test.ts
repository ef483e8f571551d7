import { expect, it, onTestFinished, vi } from "vitest";
import { Packet } from "./packet.js";
import { endOfTurn, openLagging, openOutbox, packet } from "./testing/open-outbox.js";
import { Turn } from "./turn.js";

it("sends what is said within a turn at its end, in order, as one write", async () => {
  const { outbox, engine, texts } = openOutbox();
  outbox.deliver(packet("1"));
  outbox.send(new Packet("2"));
  outbox.deliver(packet("3"));
  expect(texts()).toEqual([]);
  await endOfTurn();
  expect(texts()).toEqual(["1\x1e42\x1e43"]);
  expect(engine.written[0]?.frame?.toString("latin1")).toBe("\x81\x0241\x81\x0242\x81\x0243");
});

it("sends a message that is alone in its turn in that turn", async () => {
  const { outbox, texts } = openOutbox();
  outbox.deliver(packet("alone"));
  await endOfTurn();
  expect(texts()).toEqual(["alone"]);
});

it("joins once for all who get the same in the same order, and apart for who does not", async () => {
  const turn = new Turn();
  const [mia, sam, pia] = [openOutbox({ turn }), openOutbox({ turn }), openOutbox({ turn })];
  for (const shared of [packet("1"), packet("2")]) for (const { outbox } of [mia, sam, pia]) outbox.deliver(shared);
  pia.outbox.send(new Packet("hers"));
  await endOfTurn();
  const [frames] = [[mia, sam, pia].map(({ engine }) => engine.written[0]?.frame)];
  expect(frames[0]).toBe(frames[1]);
  expect(frames[2]?.length).toBeGreaterThan(frames[0]?.length ?? 0);
});

it("holds everything back while a write is under way, and sends it in one when the line is free", async () => {
  const { outbox, engine, texts } = openOutbox();
  for (const text of ["1", "2", "3"]) {
    outbox.deliver(packet(text));
    await endOfTurn();
  }
  expect(texts()).toEqual(["1"]);
  engine.drain();
  expect(texts()).toEqual(["1", "2\x1e43"]);
});

it("lets go before it returns what was said before a channel was left, and takes nothing back", () => {
  const { outbox, texts } = openOutbox();
  outbox.deliver(packet("before", "left"));
  outbox.forget("left");
  expect(texts()).toEqual(["before"]);
});

it("takes back from a reader that lags what it has not been handed of a channel that was left, and no more", async () => {
  const { outbox, engine, texts } = await openLagging();
  outbox.deliver(packet("secret", "left"));
  outbox.deliverLatest(packet("latest", "left"), "k");
  outbox.deliver(packet("stays"));
  outbox.forget("left");
  engine.drain();
  expect(texts().join()).not.toMatch(/secret|latest/);
  expect(texts().join()).toMatch(/waiting.*stays/);
});

it("sends what is owed before the farewell, and cuts when both are sent", async () => {
  const { outbox, engine, texts } = openOutbox();
  outbox.deliver(packet("owed"));
  outbox.end([new Packet("farewell")]);
  expect(texts()).toEqual(["owed\x1e4farewell"]);
  expect(engine.readyState).toBe("open");
  engine.drain();
  expect(engine.readyState).toBe("closed");
});

it("waits for nobody who does not read: the line is cut after 2 s", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { outbox, engine, texts } = await openLagging();
  outbox.end([new Packet("farewell")]);
  expect(texts()).toEqual(["under way", "farewell"]);
  vi.advanceTimersByTime(1_999);
  expect(engine.readyState).toBe("open");
  vi.advanceTimersByTime(1);
  expect(engine.readyState).toBe("closed");
});

it("sends nothing after the farewell, nor after a cut", async () => {
  const [ended, cut] = [openOutbox(), openOutbox()];
  ended.outbox.end([new Packet("farewell")]);
  cut.outbox.deliver(packet("never"));
  cut.outbox.cut();
  for (const { outbox } of [ended, cut]) {
    outbox.deliver(packet("late"));
    outbox.send(new Packet("late"));
  }
  await endOfTurn();
  ended.engine.drain();
  expect([ended.texts(), cut.texts()]).toEqual([["farewell"], []]);
});

it("lets what waits go before a write of somebody else, and counts that write", async () => {
  const { outbox, engine, texts, onTooSlow } = openOutbox({ maxBufferedBytes: 30 });
  outbox.deliver(packet("first"));
  engine.write("foreign");
  expect(texts()).toEqual(["first", "foreign"]);
  engine.write("x".repeat(30));
  engine.write("one more");
  expect(onTooSlow).toHaveBeenCalledOnce();
});

it("sends at once what waited for a client that has changed to WebSocket", async () => {
  const { outbox, engine, texts } = openOutbox({ transport: "polling" });
  engine.transport.writable = false; // between two polls
  outbox.deliver(packet("waits"));
  await endOfTurn();
  engine.transport.writable = true;
  engine.emit("upgrade", engine.transport);
  expect(texts()).toEqual(["waits"]);
});
