import type { Snapshot } from "@repo/realtime-postgres";

/** Whether `later` shows every transaction that `earlier` shows. */
export function covers(later: Snapshot, earlier: Snapshot): boolean {
  return later.xmax >= earlier.xmax && [...later.running].every((xid) => !earlier.shows(xid));
}
