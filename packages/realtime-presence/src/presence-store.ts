import type { PresenceMember } from "./presence-member.js";

/** A member as a store keeps it: with the node that holds its connection. */
export interface StoredMember {
  readonly nodeId: string;
  readonly member: PresenceMember;
}

/** What a write came to: how many connections that person has on the channel now, and whether the member was there before. */
export interface PresenceCount {
  readonly tabs: number;
  readonly known: PresenceMember | undefined;
}

/**
 * Who is where.
 * MUST count a person's connections in the same step as the write, so that two nodes cannot both see the first tab.
 * MUST NOT forget a member but by `remove` or `reap`. An anonymous visitor (userId null) is a person alone.
 */
export interface IPresenceStore {
  /** Puts a member in, or replaces it by its connection id. */
  put(channel: string, stored: StoredMember): Promise<PresenceCount> | PresenceCount;
  /** `known` is undefined where there was no such member. */
  remove(channel: string, connectionId: string): Promise<PresenceCount> | PresenceCount;
  /** Oldest first. */
  list(channel: string): Promise<readonly PresenceMember[]> | readonly PresenceMember[];
  /** This node lives. */
  beat(nodeId: string): Promise<void> | void;
  /** Names the members of nodes that have not beaten for so long; they stay until `remove`. */
  reap(silentMs: number): Promise<readonly ReapedMember[]> | readonly ReapedMember[];
}

/** A member whose node is dead. */
export interface ReapedMember {
  readonly channel: string;
  readonly member: PresenceMember;
}
