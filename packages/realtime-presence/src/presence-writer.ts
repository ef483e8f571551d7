import type { PresenceMember, PresencePage } from "./presence-member.js";
import { PresencePublisher, type PresencePublisherDeps } from "./presence-publisher.js";
import type { PresenceSeat } from "./presence-seat.js";
import type { IPresenceStore, StoreBounds } from "./presence-store.js";

/** What the writer works with. */
export interface PresenceWriterDeps extends PresencePublisherDeps {
  readonly store: IPresenceStore;
  readonly nodeId: string;
  readonly bounds: StoreBounds;
}

/** Writes the difference between a seat and what was last published of it, and broadcasts it on the presence channel. */
export class PresenceWriter {
  readonly #deps: PresenceWriterDeps;
  readonly #publisher: PresencePublisher;

  constructor(deps: PresenceWriterDeps) {
    this.#deps = deps;
    this.#publisher = new PresencePublisher(deps);
  }

  /**
   * Afterwards `published` is `current`, unless the store failed or was full. Rejects where the store or the broadcast failed; `uncertain`
   * is set then where only the next write shows what the store has done.
   */
  async write(seat: PresenceSeat): Promise<void> {
    const { current, published, uncertain } = seat;
    const last = published ?? uncertain;
    if (last && current?.userId !== last.userId) await this.#remove(seat, last);
    if (!current) seat.full = undefined;
    else if (seat.published && !seat.uncertain && isEqual(seat.published, current)) seat.published = current;
    else await this.#put(seat, current);
  }

  /** Ends what waits to be published. */
  close(): Promise<void> {
    return this.#publisher.close();
  }

  async #remove(seat: PresenceSeat, last: Pick<PresenceMember, "userId">): Promise<void> {
    const { store } = this.#deps;
    const { address, connectionId, published, uncertain } = seat;
    seat.uncertain = last;
    const removed = await store.remove(address.name, connectionId);
    const isLost = !removed.known && uncertain !== undefined && published !== undefined; // an earlier remove was executed, and its reply lost
    const tabs = isLost ? tabsOf(published, await store.list(address.name)) : removed.tabs;
    seat.published = undefined;
    seat.uncertain = undefined;
    const member = isLost ? published : removed.known;
    if (member) await this.#publisher.publish(address, "presence:leave", { member, tabs });
  }

  async #put(seat: PresenceSeat, member: PresenceMember): Promise<void> {
    const { store, nodeId, bounds } = this.#deps;
    const { address, published } = seat;
    const bytes = Buffer.byteLength(JSON.stringify(member));
    seat.uncertain = member;
    const { known, tabs, full } = await store.put(address.name, { nodeId, member, bytes }, bounds);
    seat.full = full;
    seat.uncertain = full ? known : undefined;
    if (full) return;
    seat.published = member;
    if (!published || !known)
      await this.#publisher.publish(address, "presence:join", { member, tabs }); // not known: another node took this one for dead
    else if (!isSameMeta(published, member)) await this.#publisher.publish(address, "presence:update", member);
  }
}

/** How many members of this user the list has. */
function tabsOf({ userId }: PresenceMember, { members }: PresencePage): number {
  return userId === null ? 0 : members.filter((member) => member.userId === userId).length;
}

function isEqual(one: PresenceMember, other: PresenceMember): boolean {
  return one.lastActive === other.lastActive && one.joinedAt === other.joinedAt && isSameMeta(one, other);
}

/** A change of `lastActive` alone is written, and published with the member's next change. */
export function isSameMeta(one: PresenceMember, other: PresenceMember): boolean {
  return one.meta === other.meta || JSON.stringify(one.meta) === JSON.stringify(other.meta);
}
