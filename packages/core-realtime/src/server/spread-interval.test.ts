import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { SpreadInterval } from "./spread-interval.js";
import { systemClock } from "./system-clock.js";

beforeEach(() => void vi.useFakeTimers());

/** Members by name, and when each was visited, in milliseconds since the start. */
function startVisits(everyMs: number) {
  const began = Date.now();
  const visits = new Map<string, number[]>();
  const sizes: number[] = [];
  const interval = new SpreadInterval<string>({
    clock: systemClock,
    everyMs,
    visit(members) {
      sizes.push(members.length);
      for (const member of members) visits.set(member, [...(visits.get(member) ?? []), Date.now() - began]);
    },
  });
  interval.start();
  onTestFinished(() => {
    interval.stop();
    vi.useRealTimers();
  });
  return { interval, visits, sizes };
}

it.each([25_000, 2_000, 12_500, 150, 40])(
  "visits each member once per %i ms, the first time within one period",
  (ms) => {
    const { interval, visits } = startVisits(ms);
    vi.advanceTimersByTime(ms / 3);
    interval.add("mia");
    vi.advanceTimersByTime(10 * ms);
    const [first = 0, ...later] = visits.get("mia") ?? [];
    expect(first - ms / 3).toBeLessThanOrEqual(ms);
    expect(later.length).toBeGreaterThanOrEqual(9);
    for (const [index, at] of later.entries()) expect(Math.abs(at - first - (index + 1) * ms)).toBeLessThanOrEqual(10);
  },
);

it("spreads members that come at once evenly over the period", () => {
  const { interval, visits, sizes } = startVisits(25_000);
  for (let n = 0; n < 100_000; n += 1) interval.add(`member ${n}`);
  vi.advanceTimersByTime(25_000);
  expect(visits.size).toBe(100_000);
  expect(new Set(sizes.slice(1))).toEqual(new Set([400]));
});

it("visits few members once a second, so that an idle process seldom wakes", () => {
  const { interval, sizes } = startVisits(25_000);
  for (let n = 0; n < 1_000; n += 1) interval.add(`member ${n}`);
  vi.advanceTimersByTime(25_000);
  expect(sizes).toEqual(Array.from({ length: 25 }, () => 40));
});

it("visits no member that was deleted, and sets no timer once it is stopped, even by a visit", () => {
  const { interval, visits } = startVisits(1_000);
  interval.delete("mia", interval.add("mia"));
  vi.advanceTimersByTime(2_000);
  expect(visits.size).toBe(0);
  interval.stop();
  const stopping = new SpreadInterval({ clock: systemClock, everyMs: 1_000, visit: () => stopping.stop() });
  stopping.add("mia");
  stopping.start();
  vi.advanceTimersByTime(1_000);
  expect(vi.getTimerCount()).toBe(0);
});
