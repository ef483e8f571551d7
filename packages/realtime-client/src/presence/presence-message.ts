import type { PresenceMember } from "./presence-member.js";

/** What the server sends on a presence channel: a change, or the list anew. */
export type PresenceMessage<Meta> =
  PresenceChangeMessage<Meta> | { readonly event: "presence:sync"; readonly payload: PresencePiece<Meta> };

/** One member joined, left, or published something about itself. */
export type PresenceChangeMessage<Meta> =
  | {
      readonly event: "presence:join" | "presence:leave";
      readonly payload: { readonly member: PresenceMember<Meta>; readonly tabs: number };
    }
  | { readonly event: "presence:update"; readonly payload: PresenceMember<Meta> };

/** A piece of the list: the opening, a `presence:sync`, or the reply to `presence:list`. */
export interface PresencePiece<Meta> {
  readonly members: readonly PresenceMember<Meta>[];
  /** The cursor of the next piece; absent in the last one. */
  readonly next?: string | undefined;
}

/** The list after a change, oldest member first. */
export function afterMessage<Meta>(
  members: readonly PresenceMember<Meta>[],
  { event, payload }: PresenceChangeMessage<Meta>,
): readonly PresenceMember<Meta>[] {
  const member = memberOf(payload);
  if (event !== "presence:leave") return withMembers(members, [member]);
  return members.filter(({ connectionId }) => connectionId !== member.connectionId);
}

/** The member that a change is about. */
export function memberOf<Meta>(payload: PresenceChangeMessage<Meta>["payload"]): PresenceMember<Meta> {
  return "member" in payload ? payload.member : payload;
}

/** The list with these members added, or replaced in their places. */
export function withMembers<Meta>(
  members: readonly PresenceMember<Meta>[],
  more: readonly PresenceMember<Meta>[],
): readonly PresenceMember<Meta>[] {
  const byConnection = new Map([...members, ...more].map((member) => [member.connectionId, member]));
  return [...byConnection.values()].sort((one, other) => one.joinedAt - other.joinedAt); // a piece may bring older ones
}
