/** When a link last received and sent. Times are by the wall clock, which alone continues while the machine sleeps. */
export interface Pulse {
  /** The last check. */
  readonly lookedAt: number;
  /** The last frame of any kind. */
  readonly receivedAt: number;
  /** When a ping was sent that has no reply yet. */
  readonly pingedAt?: number | undefined;
}

/** Between two checks: a sleep is noticed this soon after waking, and a dead link `REPLY_MS` later. */
export const LOOK_MS = 3_000;
const REPLY_MS = 6_000; // 9 s in all

/** The state of a link: it is well, it needs a ping, or it is dead. */
export function look(pulse: Pulse, now: number, quietMs: number): "well" | "ping" | "dead" {
  const hasSlept = Math.abs(now - pulse.lookedAt) > 2 * LOOK_MS; // or the clock was set: a ping does no harm
  if (hasSlept) return "ping"; // even where a reply is overdue: it may have arrived while the machine slept
  if (pulse.pingedAt !== undefined) return now - pulse.pingedAt >= REPLY_MS ? "dead" : "well";
  return now - pulse.receivedAt >= quietMs ? "ping" : "well";
}
