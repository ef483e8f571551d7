import type { PresenceBounds, ReachedBound } from "./presence-bounds.js";
import type { PresenceMember, PresencePage } from "./presence-member.js";

/** A member as a store keeps it: with the node that holds its connection. */
export interface StoredMember {
  /** The node that holds the connection. */
  readonly nodeId: string;
  /** The member as watchers see it. */
  readonly member: PresenceMember;
  /** The member as JSON text, in bytes. */
  readonly bytes: number;
}

/** The result of a write: how many members that user has on the channel now, and the member as it was before. */
export interface PresenceCount {
  /** How many members that user has on the channel after the write. */
  readonly tabs: number;
  /** The member before the write; undefined where it was not there. */
  readonly known: PresenceMember | undefined;
  /** Only of `put`: nothing was written, because the list has reached this bound. */
  readonly full?: ReachedBound | undefined;
}

/** The bounds that a store holds. */
export type StoreBounds = Pick<PresenceBounds, "maxTabs" | "maxMembers" | "maxListBytes">;

/** Which piece of a list. */
export interface PresenceQuery {
  /** The `next` of the piece before. */
  readonly after?: string | undefined;
  /** Bytes of the piece, as the members' `bytes` add up; a piece has at least one member. */
  readonly maxBytes: number;
}

/**
 * The members of all channels, for all nodes.
 * MUST count a user's members and hold the bounds in the same step as the write, so that no two nodes both add the first or the last one.
 * MUST keep a member until `remove`. An anonymous visitor (userId null) counts as a user alone.
 */
export interface IPresenceStore {
  /** Adds a member, or replaces it by its connection id. */
  put(channel: string, stored: StoredMember, bounds: StoreBounds): Promise<PresenceCount> | PresenceCount;
  /** `known` is undefined where there was no such member. */
  remove(channel: string, connectionId: string): Promise<PresenceCount> | PresenceCount;
  /**
   * Oldest first; without a query the whole list.
   * MUST give each member that stays in the list exactly once over all pieces. MUST take any text as a cursor: one it never gave has no piece.
   */
  list(channel: string, query?: PresenceQuery): Promise<PresencePage> | PresencePage;
  /** This node is alive. */
  beat(nodeId: string): Promise<void> | void;
  /** The members of nodes that have not called `beat` for so many milliseconds; they stay until `remove`. */
  reap(silentMs: number): Promise<readonly ReapedMember[]> | readonly ReapedMember[];
}

/** A member whose node is dead. */
export interface ReapedMember {
  /** The channel's name. */
  readonly channel: string;
  /** Who has to be removed. */
  readonly member: PresenceMember;
}
