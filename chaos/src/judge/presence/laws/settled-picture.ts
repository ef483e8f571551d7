import type { PresenceEvidence, Watcher } from "../presence-evidence";
import { labelOf } from "./testify";

/** How a watcher's last picture differs from the truth, by person and tab. */
export function differences({ entries }: Watcher, { here }: PresenceEvidence) {
  const last = entries.findLast((entry) => entry.kind === "picture");
  const missing = here.map(labelOf);
  const ghosts = (last?.members ?? []).map(labelOf).filter((label) => {
    const index = missing.indexOf(label);
    if (index >= 0) missing.splice(index, 1);
    return index < 0; // a tab that is there twice is there once too often
  });
  return { ghosts, missing };
}
