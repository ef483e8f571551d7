import { RecordingLogger } from "@repo/core-observability/testing";
import { FakeClock, RecordingRealtimeBroadcaster } from "@repo/core-testing";
import { beforeEach, expect, it } from "vitest";
import { HEARTBEAT_MS, startHeartbeat } from "./heartbeat";

let clock: FakeClock;
let realtime: RecordingRealtimeBroadcaster;
let logger: RecordingLogger;
let stop: () => void;
const beats = () => realtime.broadcasts.map(({ payload }) => payload);

beforeEach(() => {
  clock = new FakeClock();
  realtime = new RecordingRealtimeBroadcaster();
  logger = new RecordingLogger();
  stop = startHeartbeat({ realtime, clock, logger });
});

it("beats once per interval, and counts", async () => {
  await clock.advanceAsync(HEARTBEAT_MS - 1);
  expect(beats()).toEqual([]);
  await clock.advanceAsync(1);
  await clock.advanceAsync(HEARTBEAT_MS);
  expect(beats()).toEqual([{ beat: 1 }, { beat: 2 }]);
});

it("stops when its undo is called", async () => {
  await clock.advanceAsync(HEARTBEAT_MS);
  stop();
  await clock.advanceAsync(HEARTBEAT_MS);
  expect(beats()).toEqual([{ beat: 1 }]);
  expect(clock.waiting).toBe(0);
});

it("reports a beat that was not broadcast, and beats on", async () => {
  const err = new Error("the broker is away");
  realtime.failNext(err);
  await clock.advanceAsync(2 * HEARTBEAT_MS);
  expect(logger.entries).toEqual([
    { level: "error", fields: { err, beat: 1 }, message: "heartbeat was not broadcast" },
  ]);
  expect(beats()).toEqual([{ beat: 2 }]);
});
