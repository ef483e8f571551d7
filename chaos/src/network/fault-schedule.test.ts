import { expect, it } from "vitest";
import { faultSchedule } from "./fault-schedule";
import { createRandom } from "./random";

const options = { durationMs: 60_000, everyMs: 100 };

it("is the same for the same seed, and another for another", () => {
  const first = faultSchedule(createRandom(1), options);
  expect(faultSchedule(createRandom(1), options)).toEqual(first);
  expect(faultSchedule(createRandom(2), options)).not.toEqual(first);
});

it("strikes about as often as configured, within the time, in order, by every kind of fault", () => {
  const faults = faultSchedule(createRandom(3), options);
  expect(faults.length).toBeGreaterThan(500);
  expect(faults.length).toBeLessThan(700);
  expect(faults.every(({ atMs }, index) => atMs < 60_000 && atMs > (faults[index - 1]?.atMs ?? 0))).toBe(true);
  expect(new Set(faults.map(({ fault }) => fault.kind)).size).toBe(7);
});
