import { RealtimeError } from "@repo/core-realtime";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { large, message, openConnection } from "./testing/open-connection.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
});

it("sends what is owed and the close frame in one write, and cuts when it is sent", () => {
  const { connection, engine, texts, isCut } = openConnection();
  connection.deliver(message("owed"));
  connection.close(new RealtimeError("DRAINING"));
  expect(texts()).toEqual([expect.stringMatching(/^owed\x1e42\["close",.*"DRAINING"/)]); // eslint-disable-line no-control-regex
  expect(isCut()).toBe(false);
  engine.drain();
  expect(isCut()).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it("keeps Socket.IO's own client from reconnecting where it must not", () => {
  const { connection, texts } = openConnection();
  connection.close(new RealtimeError("EXPELLED"));
  expect(texts()[0]).toMatch(/^2\["close",.*\x1e41$/); // eslint-disable-line no-control-regex
});

it("does not wait for a client that does not read: the connection is cut after 2 s, without what waited", () => {
  const { deliver, connection, texts, isCut } = openConnection();
  for (const text of ["under way", "held by engine.io"]) deliver(large(text));
  deliver(message("never"));
  connection.close(new RealtimeError("DRAINING"));
  expect(texts().join()).not.toContain("never");
  expect(texts().at(-1)).toMatch(/^2\["close"/);
  vi.advanceTimersByTime(1_999);
  expect(isCut()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isCut()).toBe(true);
});

it("sends nothing after the close frame, nor after a cut", () => {
  const [ended, cut] = [openConnection(), openConnection()];
  ended.connection.close(new RealtimeError("DRAINING"));
  cut.connection.deliver(message("never"));
  cut.connection.cut("test");
  for (const { deliver, connection } of [ended, cut]) {
    deliver(message("late"));
    connection.send({ type: "pong" });
  }
  ended.engine.drain();
  expect([ended.texts().length, cut.texts().length]).toEqual([1, 0]);
});
