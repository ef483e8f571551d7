import { setImmediate as endOfTurn } from "node:timers/promises";
import { beforeEach, expect, it } from "vitest";
import { latestFrame, ownFrame } from "./outbound-frame.js";
import { frame, MAX_BYTES, QueueUnderTest } from "./queue-under-test.js";

const MIB = 1024 ** 2;
let subject: QueueUnderTest;

beforeEach(() => {
  subject = new QueueUnderTest();
});

const conflated = (slot: string, text: string, channel = "lobby") =>
  frame(text, { channel, overflow: "conflate", slot: `${channel}\n${slot}` });

it("holds back what comes while the sink is blocked, and writes it in order, joined, when it has room", async () => {
  subject.fallBehind();
  for (const text of ["a", "b"]) {
    subject.append(text);
    await endOfTurn();
  }
  subject.append("c");
  expect([subject.sink.text, subject.queue.isLagging]).toEqual(["", true]);
  subject.catchUp();
  expect(subject.sink.written.map(String)).toEqual(["abc"]);
  expect(subject.queue.isLagging).toBe(false);
});

it("writes no more at once than the sink takes, in portions of some 64 KiB", () => {
  const large = new QueueUnderTest({ maxBufferedBytes: MIB });
  large.fallBehind();
  for (const text of ["a", "b", "c"]) {
    large.append(text.repeat(40_000));
    large.scheduler.flush();
  }
  large.drainOnce();
  expect(large.sink.text).toHaveLength(80_000);
  large.drainOnce();
  expect(large.sink.text).toHaveLength(120_000);
});

it("reports an overflow once, at one byte more than the bound, over turns and within one, and takes nothing more", () => {
  subject.fallBehind();
  subject.append("y".repeat(MAX_BYTES - 1_001));
  subject.scheduler.flush();
  subject.append("z");
  expect(subject.overflows).toBe(0);
  subject.append("!", "!", ownFrame(Buffer.from("reply")));
  expect(subject.overflows).toBe(1);
  subject.catchUp();
  expect(subject.sink.text).not.toMatch(/!|reply/);
});

it("counts what the reader took against the bound, also where it lags on", () => {
  subject.fallBehind();
  for (let n = 0; n < 8; n += 1) {
    subject.append("y".repeat(1_000));
    subject.scheduler.flush();
  }
  subject.sink.takeHeld();
  subject.append("z".repeat(2_000));
  expect(subject.overflows).toBe(0);
  subject.append("z");
  expect(subject.overflows).toBe(1);
});

it("takes a reply of any size while the bound is not reached, and none beyond it", () => {
  subject.fallBehind();
  subject.append(ownFrame(Buffer.from("x".repeat(MAX_BYTES))));
  expect(subject.overflows).toBe(0);
  subject.append(ownFrame(Buffer.from("one more")));
  expect(subject.overflows).toBe(1);
});

it("skips what may be dropped while the reader lags, and only then", () => {
  const drop = (text: string) => subject.append(frame(text, { overflow: "drop" }));
  subject.fallBehind();
  drop("b");
  subject.append("c");
  subject.catchUp();
  drop("d");
  subject.scheduler.flush();
  expect(subject.sink.text).toBe("cd");
});

it("keeps the latest of each slot while the reader lags, behind what was there before", () => {
  subject.append(conflated("k", "0"));
  subject.scheduler.flush();
  expect(subject.sink.text).toBe("0");
  subject.fallBehind();
  subject.append(conflated("k", "1"), conflated("l", "2"), conflated("k", "3"), "a");
  subject.catchUp();
  expect(subject.sink.text).toBe("a23");
});

it("bounds conflated frames too, and counts a slot once", () => {
  subject.fallBehind();
  for (let n = 0; n < 100; n += 1) subject.append(conflated("k", "x".repeat(5_000)));
  expect(subject.overflows).toBe(0);
  subject.append(conflated("l", "x".repeat(5_000)));
  expect(subject.overflows).toBe(1);
});

it("keeps one heartbeat of each kind, however long the reader lags", () => {
  subject.fallBehind();
  for (let n = 0; n < 5; n += 1)
    subject.append(latestFrame(Buffer.from(`ping${n}`), "ping"), latestFrame(Buffer.from(`pong${n}`), "pong"));
  subject.catchUp();
  expect(subject.sink.text).toBe("ping4pong4");
});

it("writes nothing of a channel once it was dropped, and keeps the order of the others", () => {
  subject.fallBehind();
  subject.append("a", frame("1", { channel: "board" }), "b");
  subject.scheduler.flush();
  subject.append(frame("2", { channel: "board" }), "c", conflated("k", "3", "board"), conflated("k", "d"));
  subject.queue.drop("board");
  expect(subject.queue.waitingBytes).toBe(1_000 + "abcd".length);
  subject.catchUp();
  expect(subject.sink.text).toBe("abcd");
});

it("discards what waits for a reader that lags when it ends, and writes the last frame at once", () => {
  subject.fallBehind();
  subject.append("never");
  subject.scheduler.flush();
  subject.append("never");
  subject.queue.end(frame("bye"));
  expect(subject.sink.text).toBe("bye");
  subject.catchUp();
  expect(subject.sink.text).toBe("bye");
});

it("still writes the last frame after an overflow", () => {
  subject.fallBehind();
  subject.append("x".repeat(MAX_BYTES));
  subject.queue.end(frame("SLOW_CONSUMER"));
  expect(subject.sink.text).toBe("SLOW_CONSUMER");
});

it("keeps the order where a sink drains within a write", () => {
  const large = new QueueUnderTest({ maxBufferedBytes: MIB });
  large.fallBehind();
  for (const text of ["a", "b", "c"]) {
    large.append(text.repeat(70_000));
    large.scheduler.flush();
  }
  const write = large.sink.write.bind(large.sink);
  large.sink.write = (bytes) => {
    write(bytes);
    large.queue.onDrain();
  };
  large.catchUp();
  expect(large.sink.text).toMatch(/^a+b+c+$/);
  expect(large.queue.isLagging).toBe(false);
});
