import type { PresenceRun, Watcher } from "../presence-run";
import { labelOf } from "./presence-violation";

/** The difference between a watcher's last list and the members that are present, by user and tab. */
export function differences({ entries }: Watcher, { here }: PresenceRun) {
  const last = entries.findLast((entry) => entry.kind === "list");
  const missing = here.map(labelOf);
  const ghosts = (last?.members ?? []).map(labelOf).filter((label) => {
    const index = missing.indexOf(label);
    if (index >= 0) missing.splice(index, 1);
    return index < 0; // a tab that is listed twice is listed once too often
  });
  return { ghosts, missing };
}
