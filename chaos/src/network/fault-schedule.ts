import type { Fault, FaultKind, ScheduledFault } from "./fault";
import { between, type Random } from "./random";

/** How long, and how densely. */
export interface ScheduleOptions {
  readonly durationMs: number;
  /** The mean pause between two faults. */
  readonly everyMs: number;
}

/** Of a hundred faults. Most end a connection: that is when messages are lost and sent twice. */
const SHARES: readonly (readonly [kind: FaultKind, share: number])[] = [
  ["cut", 36],
  ["fade", 16],
  ["half-open", 9],
  ["delay", 12],
  ["split", 14],
  ["stall", 11],
  ["blackout", 2],
];

/** All that will go wrong, decided beforehand: the same chance gives the same schedule. */
export function faultSchedule(random: Random, { durationMs, everyMs }: ScheduleOptions): readonly ScheduledFault[] {
  const faults: ScheduledFault[] = [];
  for (let atMs = pause(random, everyMs); atMs < durationMs; atMs += pause(random, everyMs))
    faults.push({ atMs, aim: random(), fault: faultOf(kindOf(between(random, 0, 99)), random) });
  return faults;
}

function pause(random: Random, everyMs: number): number {
  return between(random, 1, 2 * everyMs - 1);
}

function kindOf(lot: number): FaultKind {
  let end = 0;
  for (const [kind, share] of SHARES) if (lot < (end += share)) return kind;
  return "cut";
}

function faultOf(kind: FaultKind, random: Random): Fault {
  switch (kind) {
    case "cut":
    case "half-open":
      return { kind };
    case "fade":
      return { kind, forMs: between(random, 10, 300) };
    case "delay":
      return { kind, ms: between(random, 1, 300), forMs: between(random, 200, 1_500) };
    case "split":
      return { kind, largest: between(random, 1, 9), forMs: between(random, 200, 1_500) };
    case "stall":
      return { kind, forMs: between(random, 100, 3_000) };
    case "blackout":
      return { kind, forMs: between(random, 50, 600) };
    default:
      return kind satisfies never;
  }
}
