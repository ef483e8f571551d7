import type { PresenceMember } from "./presence-member.js";

/** What the server sends on a presence channel. */
export type PresenceMessage<Meta> =
  | {
      readonly event: "presence:join" | "presence:leave";
      readonly payload: { readonly member: PresenceMember<Meta>; readonly tabs: number };
    }
  | { readonly event: "presence:update"; readonly payload: PresenceMember<Meta> }
  | { readonly event: "presence:sync"; readonly payload: PresencePiece<Meta> };

/** A piece of the list: the opening, a `presence:sync`, or the reply to `presence:list`. */
export interface PresencePiece<Meta> {
  readonly members: readonly PresenceMember<Meta>[];
  /** The cursor of the next piece; absent in the last one. */
  readonly next?: string | undefined;
}

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
      return withMembers(members, [message.payload.member]);
    case "presence:update":
      return withMembers(members, [message.payload]);
    default:
      return message satisfies never;
  }
}

/** The list with these members added, or replaced in their places. */
export function withMembers<Meta>(
  members: readonly PresenceMember<Meta>[],
  more: readonly PresenceMember<Meta>[],
): readonly PresenceMember<Meta>[] {
  const byConnection = new Map([...members, ...more].map((member) => [member.connectionId, member]));
  return [...byConnection.values()].sort((one, other) => one.joinedAt - other.joinedAt); // a piece may bring older ones
}
