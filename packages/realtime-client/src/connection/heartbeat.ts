/** What is known of a link's pulse. Times are by the wall clock, which alone goes on while the machine sleeps. */
export interface Pulse {
  /** The last look. */
  readonly lookedAt: number;
  /** The last frame of any kind. */
  readonly heardAt: number;
  /** When an answer was asked for that has not come. */
  readonly askedAt: number | undefined;
}

/** Between two looks: a sleep is noticed this soon after waking, and a dead link `ANSWER_MS` later. */
export const LOOK_MS = 3_000;
const ANSWER_MS = 6_000; // 9 s in all

/** A look at the pulse: is the link well, shall it be asked, or is it dead? */
export function look(pulse: Pulse, now: number, quietMs: number): "well" | "ask" | "dead" {
  const hasSlept = Math.abs(now - pulse.lookedAt) > 2 * LOOK_MS; // or somebody set the clock: asking does no harm
  if (hasSlept) return "ask"; // even where an answer is overdue: it may have come while nobody looked
  if (pulse.askedAt !== undefined) return now - pulse.askedAt >= ANSWER_MS ? "dead" : "well";
  return now - pulse.heardAt >= quietMs ? "ask" : "well";
}
