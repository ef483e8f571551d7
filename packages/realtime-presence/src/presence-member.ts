/** One connection on a channel: a tab of somebody. */
export interface PresenceMember<Meta = unknown> {
  readonly connectionId: string;
  /** Null for an anonymous visitor. */
  readonly userId: string | null;
  /** What the tab last said of itself, validated; absent until it has. */
  readonly meta?: Meta | undefined;
  /** Milliseconds since 1970, by the clock of its node. */
  readonly joinedAt: number;
}

/** A member came or went. `tabs` counts that person's connections afterwards: 1 on a first arrival, 0 on a last departure. */
export interface PresenceChange<Meta = unknown> {
  readonly member: PresenceMember<Meta>;
  readonly tabs: number;
}

/** Everybody, oldest first. */
export interface PresenceList<Meta = unknown> {
  readonly members: readonly PresenceMember<Meta>[];
}
