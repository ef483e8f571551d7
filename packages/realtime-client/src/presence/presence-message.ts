import type { PresenceMember } from "./presence-member.js";

/** What a presence channel says. */
export type PresenceMessage<Meta> =
  | {
      readonly event: "presence:join" | "presence:leave";
      readonly payload: { readonly member: PresenceMember<Meta>; readonly tabs: number };
    }
  | { readonly event: "presence:update"; readonly payload: PresenceMember<Meta> }
  | { readonly event: "presence:sync"; readonly payload: { readonly members: readonly PresenceMember<Meta>[] } };

/** The list after a message, oldest member first. */
export function afterMessage<Meta>(
  members: readonly PresenceMember<Meta>[],
  message: PresenceMessage<Meta>,
): readonly PresenceMember<Meta>[] {
  switch (message.event) {
    case "presence:sync":
      return message.payload.members;
    case "presence:leave":
      return members.filter(({ connectionId }) => connectionId !== message.payload.member.connectionId);
    case "presence:join":
      return withMember(members, message.payload.member);
    case "presence:update":
      return withMember(members, message.payload);
    default:
      return message satisfies never;
  }
}

function withMember<Meta>(
  members: readonly PresenceMember<Meta>[],
  member: PresenceMember<Meta>,
): readonly PresenceMember<Meta>[] {
  const isKnown = members.some(({ connectionId }) => connectionId === member.connectionId);
  if (!isKnown) return [...members, member];
  return members.map((known) => (known.connectionId === member.connectionId ? member : known));
}
