import type { ChannelAddress } from "@repo/core-realtime";
import type { PresenceMember } from "./presence-member.js";
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

  /** Afterwards `published` is `current`, unless the store failed or was full. Rejects where the store or the broadcast failed. */
  async write(seat: PresenceSeat): Promise<void> {
    const { current, published } = seat;
    if (published && current?.userId !== published.userId) {
      await this.remove(seat.address, seat.connectionId, () => (seat.published = undefined));
    }
    if (!current) seat.full = undefined;
    else if (seat.published && isEqual(seat.published, current)) seat.published = current;
    else await this.#put(seat, current);
  }

  /** Removes a member, whichever node held it; `removed` runs when the store has done it. */
  async remove(address: ChannelAddress, connectionId: string, removed: () => void = () => undefined): Promise<void> {
    const { known, tabs } = await this.#deps.store.remove(address.name, connectionId);
    removed();
    if (known) await this.#publisher.publish(address, "presence:leave", { member: known, tabs });
  }

  /** Ends what waits to be published. */
  close(): Promise<void> {
    return this.#publisher.close();
  }

  async #put(seat: PresenceSeat, member: PresenceMember): Promise<void> {
    const { store, nodeId, bounds } = this.#deps;
    const { address, published } = seat;
    const bytes = Buffer.byteLength(JSON.stringify(member));
    const { known, tabs, full } = await store.put(address.name, { nodeId, member, bytes }, bounds);
    seat.full = full;
    if (full) return;
    seat.published = member;
    if (!published || !known)
      await this.#publisher.publish(address, "presence:join", { member, tabs }); // not known: another node took this one for dead
    else if (!isSameMeta(published, member)) await this.#publisher.publish(address, "presence:update", member);
  }
}

function isEqual(one: PresenceMember, other: PresenceMember): boolean {
  return one.lastActive === other.lastActive && one.joinedAt === other.joinedAt && isSameMeta(one, other);
}

/** A change of `lastActive` alone is written, and published with the member's next change. */
export function isSameMeta(one: PresenceMember, other: PresenceMember): boolean {
  return one.meta === other.meta || JSON.stringify(one.meta) === JSON.stringify(other.meta);
}
