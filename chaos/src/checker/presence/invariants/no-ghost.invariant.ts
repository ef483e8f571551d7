import type { Violation } from "../../message-run";
import type { SeenMember } from "../presence-log";
import type { PresenceRun, Watcher } from "../presence-run";
import { differences } from "./final-list";
import { entitled, labelOf, presenceViolation } from "./presence-violation";

/** No member is shown that is not present: in the end not at all, and during faults not for longer than the bound. */
export function noGhostInvariant(run: PresenceRun): readonly Violation[] {
  return entitled(run).flatMap((watcher) => {
    const violation = presenceViolation("no ghost", run, watcher);
    const stayed = differences(watcher, run).ghosts.map((label) => `${label} is not there, and was shown in the end`);
    return [...stayed, ...lingering(watcher, run)].map(violation);
  });
}

/** Members that were shown for longer than the bound though they could not be present. */
function lingering({ entries }: Watcher, { gone, boundMs }: PresenceRun): readonly string[] {
  const outdatedSince = new Map<string, number>();
  const found = new Map<string, string>();
  for (const entry of entries) {
    if (entry.kind !== "list") continue;
    const { at, members } = entry;
    for (const [index, member] of members.entries()) {
      const goneAt = gone.find((one) => labelOf(one) === labelOf(member))?.at ?? Infinity;
      const isOutdatedNow = at > goneAt || isOutdated(member, members.slice(index + 1));
      const since = outdatedSince.get(member.connectionId) ?? Math.min(at, goneAt);
      if (isOutdatedNow) outdatedSince.set(member.connectionId, since);
      else outdatedSince.delete(member.connectionId);
      if (!isOutdatedNow || at - since <= boundMs) continue;
      found.set(
        member.connectionId,
        `${labelOf(member)} was shown for ${Math.round(at - since)} ms, and could not be there`,
      );
    }
  }
  return [...found.values()];
}

/** A tab sends its name as soon as it is subscribed, and has one connection: the one that came last. */
function isOutdated(member: SeenMember, later: readonly SeenMember[]): boolean {
  return member.tab === undefined || later.some((other) => labelOf(other) === labelOf(member));
}
