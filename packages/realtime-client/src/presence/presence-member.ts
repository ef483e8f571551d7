/** One connection on a channel: a tab of a user. */
export interface PresenceMember<Meta = unknown> {
  /** The server's id of the connection. */
  readonly connectionId: string;
  /** Null for an anonymous visitor. */
  readonly userId: string | null;
  /** What the tab last sent about itself; absent until it has. */
  readonly meta?: Meta | undefined;
  /** Milliseconds since 1970. */
  readonly joinedAt: number;
  /** When it last did something, in milliseconds since 1970, some seconds old; absent where the server does not keep it. */
  readonly lastActive?: number | undefined;
}

/** A user with all their tabs; each anonymous tab counts as a user of its own. */
export interface PresentPerson<Meta = unknown> {
  /** The user's id; null for an anonymous visitor. */
  readonly userId: string | null;
  /** Oldest first. */
  readonly tabs: readonly PresenceMember<Meta>[];
}

/** Groups the tabs by user, in the order of each user's first tab. */
export function peopleOf<Meta>(members: readonly PresenceMember<Meta>[]): readonly PresentPerson<Meta>[] {
  const people = new Map<string, PresenceMember<Meta>[]>();
  for (const member of members) {
    const key = member.userId === null ? `tab ${member.connectionId}` : `user ${member.userId}`;
    people.set(key, [...(people.get(key) ?? []), member]);
  }
  return [...people.values()].map((tabs) => ({ userId: tabs[0]?.userId ?? null, tabs }));
}
