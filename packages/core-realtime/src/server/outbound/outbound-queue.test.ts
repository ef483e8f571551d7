import { setImmediate as endOfTurn } from "node:timers/promises";
import { beforeEach, expect, it } from "vitest";
import { ownFrame } from "./outbound-frame.js";
import { frame, MAX_BYTES, QueueUnderTest } from "./queue-under-test.js";

let subject: QueueUnderTest;

beforeEach(() => {
  subject = new QueueUnderTest();
});

it("writes once per turn, in order, everything that came in it", async () => {
  subject.append("a", "b", "c");
  await endOfTurn();
  subject.append("d");
  await endOfTurn();
  expect(subject.sink.written.map(String)).toEqual(["abc", "d"]);
});

it("writes a frame that is alone in its turn in that turn", async () => {
  subject.append("a");
  await new Promise((resolve) => setImmediate(resolve)); // scheduled after the queue has scheduled its own
  expect(subject.sink.text).toBe("a");
});

it("gathers what many promises bring in one turn into one write", async () => {
  const publish = async (text: string, waits: number) => {
    for (let n = 0; n < waits; n += 1) await undefined;
    subject.append(text);
  };
  await Promise.all(["a", "b", "c"].map((text, index) => publish(text, index * 10)));
  await endOfTurn();
  expect(subject.sink.written.map(String)).toEqual(["abc"]);
});

it("writes the same bytes to all connections that were sent the same frames, and others to the rest", () => {
  const [mia, pia, sam] = [1, 2, 3].map(() => new QueueUnderTest(subject)) as [QueueUnderTest, QueueUnderTest, QueueUnderTest]; // prettier-ignore
  for (const shared of [frame("a"), frame("b")]) for (const each of [mia, pia, sam]) each.append(shared);
  sam.append("own");
  subject.scheduler.flush();
  expect(mia.sink.written[0]).toBe(pia.sink.written[0]);
  expect(sam.sink.text).toBe("abown");
});

it("does not take a burst in one turn for a slow reader, while the sink takes it all", () => {
  for (let n = 0; n < 100; n += 1) subject.append("x".repeat(999));
  subject.scheduler.flush();
  expect(subject.overflows).toBe(0);
  expect(subject.sink.text).toHaveLength(99_900);
});

it("does not count what the reader has taken since the latest write", () => {
  for (let n = 0; n < 100; n += 1) {
    subject.sink.stall();
    subject.append("x".repeat(999));
    subject.scheduler.flush();
    subject.sink.takeHeld();
  }
  expect(subject.overflows).toBe(0);
});

it("counts what the sink holds against the bound, also where it is not blocked", () => {
  const small = new QueueUnderTest({ maxBufferedBytes: 500 });
  small.sink.stall();
  small.append("x".repeat(400));
  small.scheduler.flush();
  small.append("x".repeat(100));
  expect(small.overflows).toBe(0);
  small.append("x");
  expect(small.overflows).toBe(1);
});

it("writes a message that is larger than the bound to a reader that keeps up, where its client requested it", () => {
  subject.append(ownFrame(Buffer.from("x".repeat(2 * MAX_BYTES))));
  subject.scheduler.flush();
  expect([subject.overflows, subject.sink.text.length]).toEqual([0, 2 * MAX_BYTES]);
});

it("reports an overflow where a channel's message alone is beyond the bound", () => {
  subject.append("x".repeat(MAX_BYTES + 1));
  expect(subject.overflows).toBe(1);
});

it("skips a message beyond the bound that may be dropped, and closes no connection", () => {
  subject.append(frame("x".repeat(MAX_BYTES + 1), { overflow: "drop" }), "a");
  subject.scheduler.flush();
  expect([subject.overflows, subject.sink.text]).toEqual([0, "a"]);
});

it("writes what this turn brought of a channel before it is dropped, and nothing of it after", () => {
  subject.append(frame("before", { channel: "board" }));
  subject.queue.drop("board");
  expect(subject.sink.text).toBe("before");
  subject.scheduler.flush();
  expect(subject.sink.text).toBe("before");
});

it("ends with the last frame, behind what this turn brought, in one write and at once", async () => {
  subject.append("a");
  subject.queue.end(frame("bye"));
  expect(subject.sink.written.map(String)).toEqual(["abye"]);
  subject.append("b");
  subject.queue.end(frame("twice"));
  await endOfTurn();
  expect(subject.sink.text).toBe("abye");
});

it("writes nothing once it is abandoned", async () => {
  subject.append("a");
  subject.queue.abandon();
  subject.append("b");
  subject.queue.end(frame("bye"));
  await endOfTurn();
  expect(subject.sink.written).toEqual([]);
});
