import type { Violation } from "../../message-run";
import type { PresenceRun } from "../presence-run";
import { differences } from "./final-list";
import { entitled, presenceViolation } from "./presence-violation";

/** In the end every member that is present is shown to every watcher that may see all. */
export function allMembersShownInvariant(run: PresenceRun): readonly Violation[] {
  return entitled(run).flatMap((watcher) => {
    const violation = presenceViolation("all members shown", run, watcher);
    return differences(watcher, run).missing.map((label) => violation(`${label} is there, and was not shown`));
  });
}
