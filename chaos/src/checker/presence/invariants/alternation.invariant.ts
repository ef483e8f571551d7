import type { Violation } from "../../message-run";
import type { PresenceEntry } from "../presence-log";
import type { PresenceRun, Watcher } from "../presence-run";
import { labelOf, presenceViolation } from "./presence-violation";

/** On one connection joins and leaves alternate: of each connection, and, where one node publishes all of them, of each user by the first and the last tab. */
export function alternationInvariant(run: PresenceRun): readonly Violation[] {
  return run.watchers.flatMap((watcher) =>
    twice(watcher, run).map(presenceViolation("joins and leaves alternate", run, watcher)),
  );
}

function twice({ entries }: Watcher, { nodes }: PresenceRun): readonly string[] {
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
  const isUsers = nodes === 1 && tabs === (what === "join" ? 1 : 0);
  return isUsers && member.userId !== null ? [connection, `user ${member.userId}`] : [connection];
}
