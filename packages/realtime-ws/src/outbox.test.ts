import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { beforeEach, expect, it } from "vitest";
import { frame, MAX_BYTES, OutboxStage } from "./testing/outbox-stage.js";

let stage: OutboxStage;

beforeEach(() => {
  stage = new OutboxStage();
});

it("writes once a turn, in order, whatever came in it", async () => {
  for (const text of ["a", "b", "c"]) stage.outbox.append(frame(text));
  await turnOfTheLoop();
  stage.outbox.append(frame("d"));
  await turnOfTheLoop();
  expect(stage.socket.writes.map(String)).toEqual(["abc", "d"]);
});

it("lets a frame that is alone in its turn leave in that turn", async () => {
  stage.outbox.append(frame("a"));
  await new Promise((resolve) => setImmediate(resolve)); // asked for after the outbox had asked for its own
  expect(stage.socket.received).toBe("a");
});

it("gathers what many promises bring in one turn into one write", async () => {
  const speak = async (text: string, waits: number) => {
    for (let n = 0; n < waits; n += 1) await undefined;
    stage.outbox.append(frame(text));
  };
  await Promise.all(["a", "b", "c"].map((text, index) => speak(text, index * 10)));
  await turnOfTheLoop();
  expect(stage.socket.writes.map(String)).toEqual(["abc"]);
});

it("gives all who got the same frames the very same bytes", async () => {
  const written: unknown[] = [];
  const others = [new OutboxStage(stage.turn), new OutboxStage(stage.turn)].map(({ outbox, socket }) => {
    const write = socket.write.bind(socket);
    socket.write = (chunk: unknown) => written.push(chunk) > 0 && write(chunk);
    return outbox;
  });
  for (const shared of [frame("a"), frame("b")]) for (const other of others) other.append(shared);
  await turnOfTheLoop();
  expect(written).toHaveLength(2);
  expect(written[0]).toBe(written[1]);
});

it("does not take a large write that went through for a lag", () => {
  stage.outbox.append(frame("x".repeat(2_000)));
  stage.turn.end();
  stage.outbox.append(frame("a", { overflow: "drop" }));
  stage.turn.end();
  expect(stage.socket.received).toBe(`${"x".repeat(2_000)}a`);
});

it("does not take a burst in one turn for a slow reader, while the socket takes it all", () => {
  for (let n = 0; n < 100; n += 1) stage.outbox.append(frame("x".repeat(999)));
  stage.turn.end();
  expect(stage.told).toEqual([]);
  expect(stage.socket.received).toHaveLength(99_900);
});

it("tells of an overflow where a single frame is beyond the bound", () => {
  stage.outbox.append(frame("x".repeat(MAX_BYTES + 1)));
  expect(stage.told).toEqual(["overflow"]);
});

it("writes nothing to a socket that is over", async () => {
  const errors: unknown[] = [];
  stage.socket.on("error", (error) => errors.push(error));
  stage.outbox.append(frame("a"));
  stage.socket.end();
  await turnOfTheLoop();
  stage.outbox.append(frame("b"));
  stage.outbox.end(frame("bye"));
  await turnOfTheLoop();
  expect(errors).toEqual([]);
});
