/** One connection that is subscribed to a channel: one tab of a user. */
export interface PresenceMember<Meta = unknown> {
  /** Unique for each connection; a reconnect has another one. */
  readonly connectionId: string;
  /** Null for an anonymous visitor. */
  readonly userId: string | null;
  /** What the tab last sent about itself, validated; absent until it has. */
  readonly meta?: Meta | undefined;
  /** Milliseconds since 1970, by the clock of its node. */
  readonly joinedAt: number;
  /** Its last client message, update or refresh, in milliseconds since 1970; up to `activeMs` old. */
  readonly lastActive: number;
}

/** A member joined or left. `tabs` counts that user's members afterwards: 1 on a first join, 0 on a last leave. */
export interface PresenceChange<Meta = unknown> {
  /** Who joined or left, as the member is now or was last. */
  readonly member: PresenceMember<Meta>;
  /** How many members that user has on the channel now. */
  readonly tabs: number;
}

/** All members, oldest first. */
export interface PresenceList<Meta = unknown> {
  /** Every member of this piece of the list. */
  readonly members: readonly PresenceMember<Meta>[];
}

/** A piece of the list, oldest first. */
export interface PresencePage<Meta = unknown> extends PresenceList<Meta> {
  /** Members of the whole list. */
  readonly total: number;
  /** The cursor of the next piece; absent in the last one. */
  readonly next?: string | undefined;
}
