import type { Breach } from "../../evidence";
import type { SeenMember } from "../presence-diary";
import type { PresenceEvidence, Watcher } from "../presence-evidence";
import { differences } from "./settled-picture";
import { entitled, labelOf, testify } from "./testify";

/** Nobody is shown who is not there: in the end not at all, and while everything goes wrong not for longer than the bound. */
export function noGhostLaw(evidence: PresenceEvidence): readonly Breach[] {
  return entitled(evidence).flatMap((watcher) => {
    const breach = testify("no ghost", evidence, watcher);
    const stayed = differences(watcher, evidence).ghosts.map(
      (label) => `${label} is not there, and was shown in the end`,
    );
    return [...stayed, ...lingering(watcher, evidence)].map(breach);
  });
}

/** Members that were shown for longer than the bound though they could not be there. */
function lingering({ entries }: Watcher, { gone, boundMs }: PresenceEvidence): readonly string[] {
  const doubtedSince = new Map<string, number>();
  const found = new Map<string, string>();
  for (const entry of entries) {
    if (entry.kind !== "picture") continue;
    const { at, members } = entry;
    for (const [index, member] of members.entries()) {
      const goneAt = gone.find((one) => labelOf(one) === labelOf(member))?.at ?? Infinity;
      const isDoubtful = at > goneAt || isOutdated(member, members.slice(index + 1));
      const since = doubtedSince.get(member.connectionId) ?? Math.min(at, goneAt);
      if (isDoubtful) doubtedSince.set(member.connectionId, since);
      else doubtedSince.delete(member.connectionId);
      if (!isDoubtful || at - since <= boundMs) continue;
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
