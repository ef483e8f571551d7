import type { ChannelAddress } from "@repo/core-realtime";
import type { ReachedBound } from "./presence-bounds.js";
import type { PresenceMember, PresencePage } from "./presence-member.js";

/** One connection of this node on one channel: what is true of it, and what was last written and published. */
export interface PresenceSeat {
  readonly address: ChannelAddress;
  readonly connectionId: string;
  /** As it is; undefined once it has left. */
  current: PresenceMember | undefined;
  /** As the store and the watchers know it; undefined before the first write and after the last. */
  published: PresenceMember | undefined;
  /** The user of a write without a reply: the store may have executed it or not. */
  uncertain: Pick<PresenceMember, "userId"> | undefined;
  /** Why the last write was not taken. */
  full: ReachedBound | undefined;
  /** Set while a closed connection is kept for its grace. */
  cancelLeave: (() => void) | undefined;
  /** It is subscribed to the presence channel too. */
  isWatching: boolean;
  /** Sends it the list anew; set when it subscribes to the presence channel. */
  send: ((list: PresencePage) => Promise<unknown>) | undefined;
}

/** A piece of the list; the last one contains the connection itself, also before its join is published. */
export function withOwn(page: PresencePage, { connectionId, current, published }: PresenceSeat): PresencePage {
  const isListed = published !== undefined || page.members.some((member) => member.connectionId === connectionId); // a write may be in progress
  if (page.next !== undefined || !current || isListed) return page;
  return { ...page, members: [...page.members, current], total: page.total + 1 };
}

/** The seats of this node, found by connection and channel. */
export class PresenceSeats {
  readonly #byConnection = new Map<string, Map<string, PresenceSeat>>();

  find(connectionId: string, { name }: ChannelAddress): PresenceSeat | undefined {
    return this.#byConnection.get(connectionId)?.get(name);
  }

  findOrAdd(connectionId: string, address: ChannelAddress): PresenceSeat {
    const known = this.find(connectionId, address);
    if (known) return known;
    const seat: PresenceSeat = {
      address,
      connectionId,
      current: undefined,
      published: undefined,
      uncertain: undefined,
      full: undefined,
      cancelLeave: undefined,
      isWatching: false,
      send: undefined,
    };
    const seats = this.#byConnection.get(connectionId) ?? new Map<string, PresenceSeat>();
    this.#byConnection.set(connectionId, seats.set(address.name, seat));
    return seat;
  }

  ofConnection(connectionId: string): Iterable<PresenceSeat> {
    return this.#byConnection.get(connectionId)?.values() ?? [];
  }

  all(): readonly PresenceSeat[] {
    return [...this.#byConnection.values()].flatMap((seats) => [...seats.values()]);
  }

  /** Another seat in its place stays. */
  delete(seat: PresenceSeat): void {
    const { connectionId, address } = seat;
    const seats = this.#byConnection.get(connectionId);
    if (seats?.get(address.name) === seat) seats.delete(address.name);
    if (seats?.size === 0) this.#byConnection.delete(connectionId);
  }
}
