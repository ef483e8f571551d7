import type { Violation } from "../message-run";
import { alternationInvariant } from "./invariants/alternation.invariant";
import { noGhostInvariant } from "./invariants/no-ghost.invariant";
import { allMembersShownInvariant } from "./invariants/all-members-shown.invariant";
import { differences } from "./invariants/final-list";
import { visibilityInvariant } from "./invariants/visibility.invariant";
import { entitled } from "./invariants/presence-violation";
import type { PresenceRun } from "./presence-run";

const INVARIANTS = [noGhostInvariant, allMembersShownInvariant, alternationInvariant, visibilityInvariant];

/** Every violation of the invariants of presence, from the members that were present and those that were shown alone. */
export function checkPresence(run: PresenceRun): readonly Violation[] {
  return INVARIANTS.flatMap((invariant) => invariant(run));
}

/** Whether every watcher that may see all members now sees exactly those that are present. */
export function isListCorrect(run: PresenceRun): boolean {
  return entitled(run).every((watcher) => {
    const { ghosts, missing } = differences(watcher, run);
    return ghosts.length === 0 && missing.length === 0;
  });
}
