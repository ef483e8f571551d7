import type { PresenceLog, SeenMember } from "./presence-log";

/** A member as it comes on the wire; the suite's tabs send nothing but their name. */
export interface WireMember {
  readonly connectionId: string;
  readonly userId: string | null;
  readonly meta?: { readonly tab: string } | undefined;
  readonly joinedAt: number;
}

/** An event of a presence channel. */
export interface WirePresence {
  readonly event: string;
  readonly payload: unknown;
}

export function seenMember({ connectionId, userId, meta, joinedAt }: WireMember): SeenMember {
  return { connectionId, userId, tab: meta?.tab, joinedAt };
}

/** The whole list, where a node sends it anew. */
export function membersOf({ event, payload }: WirePresence): readonly SeenMember[] | undefined {
  if (event !== "presence:sync") return undefined;
  return (payload as { readonly members: readonly WireMember[] }).members.map(seenMember);
}

/** Records a join or a leave; returns its member. */
export function noteChange({ event, payload }: WirePresence, eventLog: PresenceLog): SeenMember {
  if (event === "presence:update") return seenMember(payload as WireMember);
  const { member, tabs } = payload as { readonly member: WireMember; readonly tabs: number };
  const seen = seenMember(member);
  eventLog.published(event === "presence:join" ? "join" : "leave", seen, tabs);
  return seen;
}
