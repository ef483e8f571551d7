import type { Clock } from "../seams/clock.js";

const LONGEST_TIMER_MS = 2 ** 31 - 1; // a longer setTimeout fires at once

/** The machine's own time. */
export const systemClock: Clock = Object.freeze<Clock>({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },
});
