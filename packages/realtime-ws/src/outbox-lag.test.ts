import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { beforeEach, expect, it } from "vitest";
import { frame, MAX_BYTES, OutboxStage } from "./testing/outbox-stage.js";

let stage: OutboxStage;

beforeEach(() => {
  stage = new OutboxStage();
});

it("holds back what the socket does not take, and hands it over in order when it does", async () => {
  stage.fallBehind();
  for (const text of ["a", "b"]) {
    stage.outbox.append(frame(text));
    await turnOfTheLoop();
  }
  expect(stage.socket.received).toBe("");
  stage.socket.resumeReading();
  stage.outbox.append(frame("c"));
  await turnOfTheLoop();
  await turnOfTheLoop();
  expect(stage.socket.received).toBe(`${"x".repeat(1_000)}abc`);
  expect(stage.told).toContain("progress");
});

it("tells of an overflow when one byte more than the bound would wait, over turns and within one", () => {
  stage.fallBehind();
  stage.outbox.append(frame("y".repeat(MAX_BYTES - 1_001)));
  stage.turn.end();
  stage.outbox.append(frame("z"));
  expect(stage.told).toEqual([]);
  stage.outbox.append(frame("!"));
  expect(stage.told).toEqual(["overflow"]);
});

it("counts what the reader took against the bound, also where it lags on", async () => {
  stage.fallBehind();
  for (let n = 0; n < 8; n += 1) {
    stage.outbox.append(frame("y".repeat(1_000)));
    stage.turn.end();
  }
  for (let n = 0; n < 3; n += 1) {
    stage.socket.readOnce();
    await turnOfTheLoop();
  }
  stage.outbox.append(frame("z".repeat(3_999)));
  expect(stage.told).not.toContain("overflow");
  stage.outbox.append(frame("zz"));
  expect(stage.told).toContain("overflow");
});

it("skips frames that may be dropped while the reader lags, and only then", async () => {
  const drop = (text: string) => stage.outbox.append(frame(text, { overflow: "drop" }));
  drop("a");
  stage.fallBehind();
  drop("b");
  stage.outbox.append(frame("c"));
  stage.socket.resumeReading();
  await turnOfTheLoop();
  drop("d");
  await turnOfTheLoop();
  expect(stage.socket.received).toBe(`a${"x".repeat(1_000)}cd`);
});

it("keeps the latest of each slot while the reader lags, behind what was there before", async () => {
  const conflate = (slot: string, text: string) => stage.outbox.append(frame(text, { overflow: "conflate", slot }));
  conflate("k", "0");
  stage.fallBehind();
  for (const [slot, text] of [
    ["k", "1"],
    ["l", "2"],
    ["k", "3"],
  ] as const)
    conflate(slot, text);
  stage.outbox.append(frame("a"));
  stage.socket.resumeReading();
  await turnOfTheLoop();
  expect(stage.socket.received).toBe(`0${"x".repeat(1_000)}a23`);
});

it("bounds conflated frames too, and counts a slot once", () => {
  stage.fallBehind();
  for (let n = 0; n < 100; n += 1) stage.outbox.append(frame("x".repeat(5_000), { overflow: "conflate", slot: "k" }));
  expect(stage.told).toEqual([]);
  stage.outbox.append(frame("x".repeat(5_000), { overflow: "conflate", slot: "l" }));
  expect(stage.told).toEqual(["overflow"]);
});

it("hands over nothing of a channel once it was dropped, and all that came of it before", async () => {
  const say = (text: string) => stage.outbox.append(frame(text, { channel: "board" }));
  say("1");
  stage.outbox.drop("board");
  expect(stage.socket.received).toBe("1");
  stage.fallBehind();
  say("2");
  stage.outbox.append(frame("a"));
  stage.outbox.append(frame("3", { channel: "board", overflow: "conflate", slot: "board" }));
  stage.outbox.drop("board");
  stage.socket.resumeReading();
  await turnOfTheLoop();
  expect(stage.socket.received).toBe(`1${"x".repeat(1_000)}a`);
});

it("ends with the last frame, after what this turn brought", async () => {
  stage.outbox.append(frame("a"));
  stage.outbox.end(frame("bye"));
  stage.outbox.append(frame("b"));
  await turnOfTheLoop();
  expect(stage.socket.received).toBe("abye");
});

it("lets go of what waits behind a slow reader when it ends", async () => {
  stage.fallBehind();
  stage.outbox.append(frame("never"));
  stage.outbox.end(frame("bye"));
  stage.socket.resumeReading();
  await turnOfTheLoop();
  expect(stage.socket.received).toBe(`${"x".repeat(1_000)}bye`);
});
