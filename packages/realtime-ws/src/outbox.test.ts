import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { beforeEach, expect, it } from "vitest";
import { Outbox } from "./outbox.js";
import { StallingSocket } from "./testing/stalling-socket.js";
import { Turn } from "./turn.js";
import type { WireFrame } from "./wire-frame.js";

const MAX_BYTES = 10_000;

let turn: Turn;
let socket: StallingSocket;
let outbox: Outbox;
let told: string[];

beforeEach(() => {
  turn = new Turn();
  socket = new StallingSocket();
  told = [];
  outbox = outboxOf(socket);
});

function outboxOf(to: StallingSocket): Outbox {
  const owner = { onOverflow: () => void told.push("overflow"), onProgress: () => void told.push("progress") };
  return new Outbox(to, { turn, maxBufferedBytes: MAX_BYTES }, owner);
}

function frame(text: string, more: Partial<WireFrame> = {}): WireFrame {
  return { bytes: Buffer.from(text), channel: null, overflow: "close", slot: "", ...more };
}

/** The peer reads no more, and what is under way fills the socket. */
function fallBehind(): void {
  socket.stall();
  outbox.append(frame("x".repeat(1_000)));
  turn.end();
}

it("writes once a turn, in order, whatever came in it", async () => {
  for (const text of ["a", "b", "c"]) outbox.append(frame(text));
  await turnOfTheLoop();
  outbox.append(frame("d"));
  await turnOfTheLoop();
  expect(socket.writes.map(String)).toEqual(["abc", "d"]);
});

it("lets a frame that is alone in its turn leave in that turn", async () => {
  outbox.append(frame("a"));
  await new Promise((resolve) => setImmediate(resolve)); // asked for after the outbox had asked for its own
  expect(socket.received).toBe("a");
});

it("gathers what many promises bring in one turn into one write", async () => {
  const speak = async (text: string, waits: number) => {
    for (let n = 0; n < waits; n += 1) await undefined;
    outbox.append(frame(text));
  };
  await Promise.all(["a", "b", "c"].map((text, index) => speak(text, index * 10)));
  await turnOfTheLoop();
  expect(socket.writes.map(String)).toEqual(["abc"]);
});

it("gives all who got the same frames the very same bytes", async () => {
  const written: unknown[] = [];
  const others = [new StallingSocket(), new StallingSocket()].map((other) => {
    const write = other.write.bind(other);
    other.write = (chunk: unknown) => written.push(chunk) > 0 && write(chunk);
    return outboxOf(other);
  });
  const [a, b] = [frame("a"), frame("b")];
  for (const shared of [a, b]) for (const other of others) other.append(shared);
  await turnOfTheLoop();
  expect(written).toHaveLength(2);
  expect(written[0]).toBe(written[1]);
});

it("holds back what the socket does not take, and hands it over in order when it does", async () => {
  fallBehind();
  for (const text of ["a", "b"]) {
    outbox.append(frame(text));
    await turnOfTheLoop();
  }
  expect(socket.received).toBe("");
  socket.resumeReading();
  outbox.append(frame("c"));
  await turnOfTheLoop();
  await turnOfTheLoop();
  expect(socket.received).toBe(`${"x".repeat(1_000)}abc`);
  expect(told).toContain("progress");
});

it("tells of an overflow when one byte more than the bound would wait, over turns and within one", () => {
  fallBehind();
  outbox.append(frame("y".repeat(MAX_BYTES - 1_001)));
  turn.end();
  outbox.append(frame("z"));
  expect(told).toEqual([]);
  outbox.append(frame("!"));
  expect(told).toEqual(["overflow"]);
});

it("does not take a burst in one turn for a slow reader, while the socket takes it all", () => {
  for (let n = 0; n < 100; n += 1) outbox.append(frame("x".repeat(999)));
  turn.end();
  expect(told).toEqual([]);
  expect(socket.received).toHaveLength(99_900);
});

it("tells of an overflow where a single frame is beyond the bound", () => {
  outbox.append(frame("x".repeat(MAX_BYTES + 1)));
  expect(told).toEqual(["overflow"]);
});

it("skips frames that may be dropped while the reader lags, and only then", async () => {
  const drop = (text: string) => outbox.append(frame(text, { overflow: "drop" }));
  drop("a");
  fallBehind();
  drop("b");
  outbox.append(frame("c"));
  socket.resumeReading();
  await turnOfTheLoop();
  drop("d");
  await turnOfTheLoop();
  expect(socket.received).toBe(`a${"x".repeat(1_000)}cd`);
});

it("keeps the latest of each slot while the reader lags, behind what was there before", async () => {
  const conflate = (slot: string, text: string) => outbox.append(frame(text, { overflow: "conflate", slot }));
  conflate("k", "0");
  fallBehind();
  for (const [slot, text] of [
    ["k", "1"],
    ["l", "2"],
    ["k", "3"],
  ] as const)
    conflate(slot, text);
  outbox.append(frame("a"));
  socket.resumeReading();
  await turnOfTheLoop();
  expect(socket.received).toBe(`0${"x".repeat(1_000)}a23`);
});

it("bounds conflated frames too, and counts a slot once", () => {
  fallBehind();
  for (let n = 0; n < 100; n += 1) outbox.append(frame("x".repeat(5_000), { overflow: "conflate", slot: "k" }));
  expect(told).toEqual([]);
  outbox.append(frame("x".repeat(5_000), { overflow: "conflate", slot: "l" }));
  expect(told).toEqual(["overflow"]);
});

it("hands over nothing of a channel once it was dropped, and all that came of it before", async () => {
  const say = (text: string) => outbox.append(frame(text, { channel: "board" }));
  say("1");
  outbox.drop("board");
  expect(socket.received).toBe("1");
  fallBehind();
  say("2");
  outbox.append(frame("a"));
  outbox.append(frame("3", { channel: "board", overflow: "conflate", slot: "board" }));
  outbox.drop("board");
  socket.resumeReading();
  await turnOfTheLoop();
  expect(socket.received).toBe(`1${"x".repeat(1_000)}a`);
});

it("ends with the last frame: what this turn brought goes before it, what waits behind a slow reader is let go", async () => {
  outbox.append(frame("a"));
  outbox.end(frame("bye"));
  outbox.append(frame("b"));
  await turnOfTheLoop();
  expect(socket.received).toBe("abye");

  socket = new StallingSocket();
  outbox = outboxOf(socket);
  fallBehind();
  outbox.append(frame("never"));
  outbox.end(frame("bye"));
  socket.resumeReading();
  await turnOfTheLoop();
  expect(socket.received).toBe(`${"x".repeat(1_000)}bye`);
});

it("writes nothing to a socket that is over", async () => {
  const errors: unknown[] = [];
  socket.on("error", (error) => errors.push(error));
  outbox.append(frame("a"));
  socket.end();
  await turnOfTheLoop();
  outbox.append(frame("b"));
  outbox.end(frame("bye"));
  await turnOfTheLoop();
  expect(errors).toEqual([]);
});
