const PER_MS = 18 / 1000; // the server takes 20 client messages a second …

/** … and twice as many at once; who exceeds that three times is shut out, so a queue that empties must not look like a flood. */
export const BURST = 36;

/** How many messages may go now, where so many might a while ago. */
export function refill(tokens: number, elapsedMs: number): number {
  return Math.min(BURST, tokens + Math.max(0, elapsedMs) * PER_MS);
}

/** How long until the next one may go. */
export function untilNextMs(tokens: number): number {
  return Math.ceil((1 - tokens) / PER_MS); // a fraction of a ms too early would find nothing to spend
}
