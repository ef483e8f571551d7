import type { Clock } from "@repo/core-realtime";

/** What a client needs of time: the wall clock, which alone goes on while a machine sleeps, and timers. */
export type ClientClock = Pick<Clock, "now" | "after">;

/** The time of a browser, a worker or Node. */
export const browserClock: ClientClock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
