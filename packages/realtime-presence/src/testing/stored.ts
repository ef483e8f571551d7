import type { PresenceMember } from "../presence-member.js";
import type { StoreBounds, StoredMember } from "../presence-store.js";

/** Bounds that no case reaches by accident. */
export const WIDE: StoreBounds = { maxTabs: 1_000, maxMembers: 1_000, maxListBytes: 1_000_000 };

/** A member of 100 bytes by default. */
export function stored(connectionId: string, userId: string | null, bytes = 100): StoredMember {
  return { nodeId: "n1", member: { connectionId, userId, joinedAt: 1, lastActive: 1 }, bytes };
}

export function idsOf(members: readonly PresenceMember[]): readonly string[] {
  return members.map(({ connectionId }) => connectionId);
}
