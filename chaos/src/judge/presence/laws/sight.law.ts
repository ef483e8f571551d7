import type { Breach } from "../../evidence";
import type { PresenceEntry, SeenMember } from "../presence-diary";
import type { PresenceEvidence, Sight } from "../presence-evidence";
import { testify } from "./testify";

/** Whoever may not be on the channel is shown nobody who is; whoever has lost it is shown nobody who came later. */
export function sightLaw(evidence: PresenceEvidence): readonly Breach[] {
  return evidence.watchers.flatMap((watcher) => {
    const { sight, entries } = watcher;
    const breach = testify("sight", evidence, watcher);
    const strays = entries.some(({ kind }) => kind === "stray")
      ? [breach("it received a message without a subscription")]
      : [];
    if (sight === "all") return strays;
    const isRefused = entries.some(({ kind }) => kind === "refused");
    const seen = entries.flatMap(shownIn).filter((member) => isForbidden(member, sight));
    const overseen = seen
      .slice(0, 1)
      .map(({ userId }) => breach(`it was shown ${userId}, and ${seen.length - 1} times more`));
    return [...strays, ...overseen, ...(isRefused ? [] : [breach("it was never refused, so nothing is proven")])];
  });
}

function shownIn(entry: PresenceEntry): readonly SeenMember[] {
  if (entry.kind === "picture") return entry.members;
  return entry.kind === "change" ? [entry.member] : [];
}

function isForbidden({ joinedAt }: SeenMember, sight: Exclude<Sight, "all">): boolean {
  return sight === "nothing" || joinedAt > sight.until;
}
