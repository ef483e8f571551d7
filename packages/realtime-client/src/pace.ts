import { BURST, MESSAGES_PER_MS } from "./limits.js";

/** How many messages may be sent now, from how many might be sent a while ago. */
export function refill(tokens: number, elapsedMs: number): number {
  return Math.min(BURST, tokens + Math.max(0, elapsedMs) * MESSAGES_PER_MS);
}

/** How long until the next one may be sent. */
export function untilNextMs(tokens: number): number {
  return Math.ceil((1 - tokens) / MESSAGES_PER_MS); // a fraction of a ms too early would find nothing to spend
}
