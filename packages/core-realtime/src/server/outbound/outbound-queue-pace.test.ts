import { beforeEach, expect, it } from "vitest";
import { ownFrame } from "./outbound-frame.js";
import { frame, QueueUnderTest } from "./queue-under-test.js";

const HALF = 5_000;
let subject: QueueUnderTest;
let isBelow: boolean;

beforeEach(() => {
  subject = new QueueUnderTest();
  isBelow = false;
});

function wait(): Promise<void> | undefined {
  return subject.queue.whenBelow(HALF)?.then(() => void (isBelow = true));
}

it("makes no sender wait whose reader keeps up, however much this turn brought", () => {
  subject.append(ownFrame(Buffer.from("x".repeat(9_000))));
  expect(wait()).toBeUndefined();
  expect(subject.sink.text).toHaveLength(9_000);
});

it("makes no sender wait whose reader lags by less than the given bytes", () => {
  subject.fallBehind();
  expect(wait()).toBeUndefined();
});

it("resolves when less waits than the given bytes, here and in the sink together", async () => {
  subject.fallBehind();
  subject.append("x".repeat(4_500));
  const waiting = wait();
  await undefined;
  expect(isBelow).toBe(false);
  subject.drainOnce();
  await waiting;
  expect(isBelow).toBe(true);
});

it("continues to wait while the reader took too little", async () => {
  subject.fallBehind();
  subject.append(ownFrame(Buffer.from("x".repeat(70_000))));
  subject.scheduler.flush();
  subject.append(ownFrame(Buffer.from("last")));
  const waiting = wait();
  subject.drainOnce();
  await new Promise((resolve) => setImmediate(resolve));
  expect(isBelow).toBe(false);
  subject.drainOnce();
  await waiting;
});

it.each([
  ["a channel with what waited is dropped", () => subject.queue.drop("board")],
  ["the connection ends", () => subject.queue.end()],
  ["the connection is lost", () => subject.queue.abandon()],
])("resolves when %s", async (_, happen) => {
  subject.fallBehind();
  subject.append(frame("x".repeat(8_000), { channel: "board" }));
  const waiting = wait();
  happen();
  await waiting;
  expect(wait()).toBeUndefined();
});
