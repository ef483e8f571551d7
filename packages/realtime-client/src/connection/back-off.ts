const FIRST_MS = 500;
const LONGEST_MS = 5_000; // after a long failure the client is back within five seconds

/** How long to stay away before a further attempt: full jitter, so that a thousand clients do not come back in one instant. */
export function backOffMs(attempt: number, random: number): number {
  return random * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
}
