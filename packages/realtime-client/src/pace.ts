const PER_MS = 18 / 1000; // the server takes 20 client messages a second …
const BURST = 36; // … and twice as many at once; who exceeds that three times is shut out

/** How fast client messages may go: a queue that empties after a long time offline must not look like a flood. */
export interface Pace {
  /** A new connection: the server counts anew. */
  readonly reset: () => void;
  /** Takes leave for one message; 0, or the ms to wait before asking again. `now` is by a clock that never jumps. */
  readonly take: (now: number) => number;
}

/** Makes a pace that has its whole burst left. */
export function createPace(): Pace {
  let tokens = BURST;
  let at = 0;
  return {
    reset() {
      tokens = BURST;
    },
    take(now) {
      tokens = Math.min(BURST, tokens + (now - at) * PER_MS);
      at = now;
      if (tokens < 1) return (1 - tokens) / PER_MS;
      tokens -= 1;
      return 0;
    },
  };
}
