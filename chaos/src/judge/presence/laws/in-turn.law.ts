import type { Breach } from "../../evidence";
import type { PresenceEntry } from "../presence-diary";
import type { PresenceEvidence, Watcher } from "../presence-evidence";
import { labelOf, testify } from "./testify";

/** On one connection coming and going alternate: of each connection, and, where one node publishes it all, of each person by its first tab and its last. */
export function inTurnLaw(evidence: PresenceEvidence): readonly Breach[] {
  return evidence.watchers.flatMap((watcher) =>
    twice(watcher, evidence).map(testify("coming and going in turn", evidence, watcher)),
  );
}

function twice({ entries }: Watcher, { nodes }: PresenceEvidence): readonly string[] {
  const latest = new Map<string, "join" | "leave">();
  return entries.flatMap((entry) => {
    if (entry.kind === "attached") latest.clear(); // what was published meanwhile was delivered to others
    if (entry.kind !== "change") return [];
    return keysOf(entry, nodes).flatMap((key) => {
      const before = latest.get(key);
      latest.set(key, entry.what);
      return before === entry.what
        ? [`${labelOf(entry.member)}: "${entry.what}" was published twice in a row of ${key}`]
        : [];
    });
  });
}

function keysOf(
  { what, member, tabs }: Extract<PresenceEntry, { readonly kind: "change" }>,
  nodes: number,
): readonly string[] {
  const connection = `connection ${member.connectionId}`;
  const isPersons = nodes === 1 && tabs === (what === "join" ? 1 : 0);
  return isPersons && member.userId !== null ? [connection, `person ${member.userId}`] : [connection];
}
