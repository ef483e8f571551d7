import type { Clock } from "@repo/core-realtime";

/** The time of a browser, a worker or Node. */
export const browserClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer: unknown = setTimeout(run, ms);
    (timer as { unref?: () => void }).unref?.(); // Node alone: a waiting client keeps no process alive
    return () => clearTimeout(timer as number);
  },
};
