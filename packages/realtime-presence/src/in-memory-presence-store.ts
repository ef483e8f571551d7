import type { Clock } from "@repo/core-realtime";
import type { PresenceMember } from "./presence-member.js";
import type { IPresenceStore, PresenceCount, ReapedMember, StoredMember } from "./presence-store.js";

/** Members in this process. Several nodes of one process may share it; it does not outlive the process, and nor do they. */
export class InMemoryPresenceStore implements IPresenceStore {
  readonly #channels = new Map<string, Map<string, StoredMember>>();
  readonly #beats = new Map<string, number>();
  readonly #clock: Pick<Clock, "monotonic">;

  constructor(clock: Pick<Clock, "monotonic"> = { monotonic: () => performance.now() }) {
    this.#clock = clock;
  }

  put(channel: string, stored: StoredMember): PresenceCount {
    const members = this.#channels.get(channel) ?? new Map<string, StoredMember>();
    const known = members.get(stored.member.connectionId)?.member;
    members.set(stored.member.connectionId, stored);
    this.#channels.set(channel, members);
    return { tabs: tabsOf(stored.member, members), known };
  }

  remove(channel: string, connectionId: string): PresenceCount {
    const members = this.#channels.get(channel);
    const known = members?.get(connectionId)?.member;
    if (!members || !known) return { tabs: 0, known: undefined };
    members.delete(connectionId);
    if (members.size === 0) this.#channels.delete(channel);
    return { tabs: tabsOf(known, members), known };
  }

  list(channel: string): readonly PresenceMember[] {
    return [...(this.#channels.get(channel)?.values() ?? [])].map(({ member }) => member);
  }

  beat(nodeId: string): void {
    this.#beats.set(nodeId, this.#clock.monotonic());
  }

  reap(silentMs: number): readonly ReapedMember[] {
    const now = this.#clock.monotonic();
    const isDead = (nodeId: string) => now - (this.#beats.get(nodeId) ?? Number.NEGATIVE_INFINITY) > silentMs;
    return [...this.#channels].flatMap(([channel, members]) =>
      [...members.values()].filter(({ nodeId }) => isDead(nodeId)).map(({ member }) => ({ channel, member })),
    );
  }
}

/** An anonymous visitor shares a person with nobody. */
function tabsOf({ userId, connectionId }: PresenceMember, members: ReadonlyMap<string, StoredMember>): number {
  if (userId === null) return members.has(connectionId) ? 1 : 0;
  let tabs = 0;
  for (const { member } of members.values()) if (member.userId === userId) tabs += 1;
  return tabs;
}
