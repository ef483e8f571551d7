import { expect, it } from "vitest";
import { RetrySchedule } from "./retry-schedule.js";

const HOUR = 3_600_000;
const delays = (schedule: RetrySchedule): readonly (number | undefined)[] =>
  Array.from({ length: 12 }, (_, index) => schedule.delayAfter(index + 1));

it("retries after 1 s and 2 s, then four times as long each time, up to 10 h", () => {
  expect(delays(new RetrySchedule({}, () => 1))).toEqual([
    1_000,
    2_000,
    10_000,
    40_000,
    160_000,
    640_000,
    2_560_000,
    10_240_000,
    10 * HOUR,
    10 * HOUR,
    undefined,
    undefined,
  ]);
});

it("shortens what comes after the first two by up to a half, at random", () => {
  expect(delays(new RetrySchedule({}, () => 0)).slice(0, 4)).toEqual([1_000, 2_000, 5_000, 20_000]);
  expect(new RetrySchedule({}, () => 0.5).delayAfter(3)).toBe(7_500);
});

it("retries twice where long retries are switched off", () => {
  expect(delays(new RetrySchedule({ longRetries: false }, () => 1)).slice(0, 3)).toEqual([1_000, 2_000, undefined]);
});

it("makes no more attempts than allowed", () => {
  const schedule = new RetrySchedule({ maxAttempts: 2 }, () => 1);
  expect([schedule.delayAfter(1), schedule.delayAfter(2)]).toEqual([1_000, undefined]);
  expect(() => new RetrySchedule({ maxAttempts: 0 }, () => 1)).toThrow(TypeError);
});

it("waits as long as the receiver requests, at most 10 h", () => {
  const schedule = new RetrySchedule({}, () => 1);
  expect(schedule.delayAfter(1, 30_000)).toBe(30_000);
  expect(schedule.delayAfter(1, 500)).toBe(1_000);
  expect(schedule.delayAfter(1, 100 * HOUR)).toBe(10 * HOUR);
});
