import type { Violation } from "../../message-run";
import type { PresenceEntry, SeenMember } from "../presence-log";
import type { PresenceRun, Visibility } from "../presence-run";
import { presenceViolation } from "./presence-violation";

/** A client that may not subscribe is shown no member; one that has lost the right is shown no member that joined later. */
export function visibilityInvariant(run: PresenceRun): readonly Violation[] {
  return run.watchers.flatMap((watcher) => {
    const { visibility, entries } = watcher;
    const violation = presenceViolation("visibility", run, watcher);
    const strays = entries.some(({ kind }) => kind === "stray")
      ? [violation("it received a message without a subscription")]
      : [];
    if (visibility === "all") return strays;
    const isRefused = entries.some(({ kind }) => kind === "refused");
    const seen = entries.flatMap(shownIn).filter((member) => isForbidden(member, visibility));
    const overseen = seen
      .slice(0, 1)
      .map(({ userId }) => violation(`it was shown ${userId}, and ${seen.length - 1} times more`));
    return [
      ...strays,
      ...overseen,
      ...(isRefused ? [] : [violation("it was never refused, so the run shows nothing")]),
    ];
  });
}

function shownIn(entry: PresenceEntry): readonly SeenMember[] {
  if (entry.kind === "list") return entry.members;
  return entry.kind === "change" ? [entry.member] : [];
}

function isForbidden({ joinedAt }: SeenMember, visibility: Exclude<Visibility, "all">): boolean {
  return visibility === "nothing" || joinedAt > visibility.until;
}
