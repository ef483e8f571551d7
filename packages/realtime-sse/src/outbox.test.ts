import { expect, it } from "vitest";
import type { EventFrame } from "./event-frame.js";
import { Outbox } from "./outbox.js";
import { Positions } from "./positions.js";
import { TestSink } from "./testing/test-sink.js";
import { Turn } from "./turn.js";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("writes once a turn, all frames of that turn in order, and the id behind them", async () => {
  const { outbox, sink, positions } = open();
  positions.join("a");
  const mark = { channel: "a", position: { epoch: "e", offset: 1 }, begins: true };
  outbox.append(frame("1 and words enough"));
  await Promise.resolve(); // the queue of microtasks is not the turn: many of those run in one
  outbox.append({ ...frame("2"), mark });
  outbox.append(frame("3"));
  expect(sink.written).toEqual([]);
  await turn();
  expect(sink.written).toEqual(["1 and words enough23id: a=e=1\n\n"]);
});

it("keeps a message out of the id until it is written: what waits behind a slow reader would be skipped", async () => {
  const { outbox, sink, positions } = open();
  positions.join("a");
  positions.note({ channel: "a", position: { epoch: "e", offset: 1 }, begins: true });
  positions.tell();
  await block(outbox, sink);
  outbox.append({ ...frame("2"), mark: { channel: "a", position: { epoch: "e", offset: 2 }, begins: false } });
  await turn();
  expect(positions.tell()).toBeUndefined();
  sink.drain(outbox);
  expect(sink.written.join("")).toContain("a=e=2");
});

it("closes when more waits than may wait, and writes nothing after that", async () => {
  const { outbox, sink, overflows } = open();
  await block(outbox, sink);
  for (let n = 0; n < 10; n += 1) outbox.append(frame("x".repeat(10)));
  expect(overflows()).toBe(0);
  outbox.append(frame("x".repeat(10)));
  expect(overflows()).toBe(1);
  outbox.abandon();
  const before = sink.written.length;
  sink.drain(outbox);
  outbox.append(frame("late"));
  await turn();
  expect(sink.written).toHaveLength(before);
});

it("counts what came in one turn, too: a burst does not slip past the bound", async () => {
  const { outbox, sink, overflows } = open();
  sink.isBlocked = true;
  sink.swallows = false;
  for (let n = 0; n < 12; n += 1) outbox.append(frame("x".repeat(10)));
  expect(overflows()).toBe(2);
});

it("skips what may be dropped, while the reader lags and not a message longer", async () => {
  const { outbox, sink } = open();
  await block(outbox, sink);
  outbox.append({ ...frame("dropped"), overflow: "drop" });
  outbox.append(frame("kept"));
  await turn();
  sink.drain(outbox);
  outbox.append({ ...frame("after"), overflow: "drop" });
  await turn();
  expect(sink.written.join("|")).toBe("first|kept|after");
});

it("keeps the latest of each slot, behind what may not be skipped", async () => {
  const { outbox, sink } = open();
  await block(outbox, sink);
  const conflated = (text: string, slot: string): EventFrame => ({ ...frame(text), overflow: "conflate", slot });
  for (const one of [conflated("a1", "a"), conflated("b1", "b"), frame("reply"), conflated("a2", "a")])
    outbox.append(one);
  await turn();
  sink.drain(outbox);
  expect(sink.written.join("")).toBe("firstreplyb1a2");
});

it("forgets what waits of a channel that is left", async () => {
  const { outbox, sink } = open();
  await block(outbox, sink);
  outbox.append({ ...frame("gone"), channel: "a" });
  outbox.append({ ...frame("other"), channel: "b" });
  outbox.drop("a");
  sink.drain(outbox);
  expect(sink.written.join("|")).toBe("first|other");
});

it("sends no sign of life where bytes wait: they are one", async () => {
  const { outbox, sink } = open();
  outbox.keepAlive();
  expect(sink.written).toEqual([":\n\n"]);
  await block(outbox, sink);
  outbox.keepAlive();
  expect(sink.written).toEqual([":\n\n", "first"]);
});

/** Fills the sink, so that all else has to wait. */
async function block(outbox: Outbox, sink: TestSink): Promise<void> {
  sink.isBlocked = true;
  outbox.append(frame("first"));
  await turn();
}

function open() {
  let overflows = 0;
  const [sink, positions] = [new TestSink(), new Positions()];
  const deps = { turn: new Turn(), maxBufferedBytes: 100, positions, onOverflow: () => void (overflows += 1) };
  return { outbox: new Outbox(sink, deps), sink, positions, overflows: () => overflows };
}

function frame(text: string): EventFrame {
  return { bytes: Buffer.from(text), channel: null, overflow: "close", slot: "" };
}
