import type { Clock } from "@repo/core-realtime";
import type { ReachedBound } from "./presence-bounds.js";
import type { PresenceMember, PresencePage } from "./presence-member.js";
import type {
  IPresenceStore,
  PresenceCount,
  PresenceQuery,
  ReapedMember,
  StoreBounds,
  StoredMember,
} from "./presence-store.js";

const UNBOUNDED: StoreBounds = { maxTabs: Infinity, maxMembers: Infinity, maxListBytes: Infinity };

/** Members in this process. Several nodes of one process may share it; it does not outlive the process, and nor do they. */
export class InMemoryPresenceStore implements IPresenceStore {
  readonly #channels = new Map<string, ChannelMembers>();
  readonly #beats = new Map<string, number>();
  readonly #clock: Pick<Clock, "monotonic">;

  constructor(clock: Pick<Clock, "monotonic"> = { monotonic: () => performance.now() }) {
    this.#clock = clock;
  }

  put(channel: string, stored: StoredMember, bounds: StoreBounds = UNBOUNDED): PresenceCount {
    const members = this.#channels.get(channel) ?? new ChannelMembers();
    const known = members.get(stored.member.connectionId)?.member;
    const full = members.boundReachedBy(stored, bounds);
    if (full) return { tabs: members.tabsOf(known ?? stored.member), known, full };
    members.put(stored);
    this.#channels.set(channel, members);
    return { tabs: members.tabsOf(stored.member), known };
  }

  remove(channel: string, connectionId: string): PresenceCount {
    const members = this.#channels.get(channel);
    const known = members?.get(connectionId)?.member;
    if (!members || !known) return { tabs: 0, known: undefined };
    members.delete(connectionId);
    if (members.size === 0) this.#channels.delete(channel);
    return { tabs: members.tabsOf(known), known };
  }

  list(channel: string, query?: PresenceQuery): PresencePage {
    return this.#channels.get(channel)?.page(query) ?? { members: [], total: 0 };
  }

  beat(nodeId: string): void {
    this.#beats.set(nodeId, this.#clock.monotonic());
  }

  reap(silentMs: number): readonly ReapedMember[] {
    const now = this.#clock.monotonic();
    const isDead = (nodeId: string) => now - (this.#beats.get(nodeId) ?? Number.NEGATIVE_INFINITY) > silentMs;
    return [...this.#channels].flatMap(([channel, members]) =>
      [...members.all()].filter(({ nodeId }) => isDead(nodeId)).map(({ member }) => ({ channel, member })),
    );
  }
}

interface NumberedMember extends StoredMember {
  /** Counts up by arrival: a member's place in the list, and the cursor behind it. */
  readonly number: number;
}

/** The members of one channel, with what the bounds are about. */
class ChannelMembers {
  readonly #members = new Map<string, NumberedMember>();
  readonly #tabs = new Map<string, number>();
  #bytes = 0;
  #last = 0;

  get size(): number {
    return this.#members.size;
  }

  get(connectionId: string): StoredMember | undefined {
    return this.#members.get(connectionId);
  }

  all(): Iterable<StoredMember> {
    return this.#members.values();
  }

  tabsOf(member: PresenceMember): number {
    return this.#tabs.get(personOf(member)) ?? 0;
  }

  boundReachedBy({ member, bytes }: StoredMember, bounds: StoreBounds): ReachedBound | undefined {
    const known = this.#members.get(member.connectionId);
    const isOwnTab = known !== undefined && personOf(known.member) === personOf(member);
    if (!isOwnTab && this.tabsOf(member) >= bounds.maxTabs) return "tabs";
    if (!known && this.#members.size >= bounds.maxMembers) return "members";
    const more = bytes - (known?.bytes ?? 0);
    return more > 0 && this.#bytes + more > bounds.maxListBytes ? "bytes" : undefined;
  }

  put(stored: StoredMember): void {
    const { connectionId } = stored.member;
    const known = this.#members.get(connectionId);
    if (known) this.#count(known, -1);
    const number = known?.number ?? (this.#last += 1);
    this.#members.set(connectionId, { ...stored, number });
    this.#count(stored, 1);
  }

  delete(connectionId: string): void {
    const known = this.#members.get(connectionId);
    if (known) this.#count(known, -1);
    this.#members.delete(connectionId);
  }

  page({ after, maxBytes }: PresenceQuery = { maxBytes: Infinity }): PresencePage {
    const from = after === undefined ? 0 : Number(after);
    const total = this.#members.size;
    const members: PresenceMember[] = [];
    let bytes = 0;
    let last = from;
    for (const stored of this.#members.values()) {
      if (!(stored.number > from)) continue; // a text that is no number has nothing behind it
      bytes += stored.bytes;
      if (bytes > maxBytes && members.length > 0) return { members, total, next: String(last) };
      members.push(stored.member);
      last = stored.number;
    }
    return { members, total };
  }

  #count({ member, bytes }: StoredMember, sign: 1 | -1): void {
    const person = personOf(member);
    const tabs = (this.#tabs.get(person) ?? 0) + sign;
    if (tabs > 0) this.#tabs.set(person, tabs);
    else this.#tabs.delete(person);
    this.#bytes += sign * bytes;
  }
}

/** Each anonymous visitor counts as a user alone. */
function personOf({ userId, connectionId }: PresenceMember): string {
  return userId === null ? `connection ${connectionId}` : `user ${userId}`;
}
