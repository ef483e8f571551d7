import { RealtimeError, type ChannelAddress, type Clock, type IRealtimeBroadcaster } from "@repo/core-realtime";
import type { PresenceChannel } from "./define-presence-channel.js";
import type { PresenceMember } from "./presence-member.js";
import type { PresenceSeat } from "./presence-seat.js";
import type { IPresenceStore, StoreBounds } from "./presence-store.js";

const ISOLATED_PAUSE_MS = 1_000;

/** What the writer works with. */
export interface PresenceWriterDeps {
  /** By the name of the channel whose members are kept. */
  readonly channels: ReadonlyMap<string, PresenceChannel>;
  readonly store: IPresenceStore;
  readonly realtime: IRealtimeBroadcaster;
  readonly nodeId: string;
  readonly clock: Clock;
  readonly bounds: StoreBounds;
}

/** Writes the difference between a seat and what was last published of it, and broadcasts it on the presence channel. */
export class PresenceWriter {
  readonly #deps: PresenceWriterDeps;
  readonly #waiting = new Set<() => void>();
  #isClosing = false;

  constructor(deps: PresenceWriterDeps) {
    this.#deps = deps;
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
    if (known) await this.#broadcast(address, "presence:leave", { member: known, tabs });
  }

  /** From now on a broadcast waits for nothing: while the node is cut off from the others it fails. */
  close(): void {
    this.#isClosing = true;
    for (const goOn of this.#waiting) goOn();
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
      await this.#broadcast(address, "presence:join", { member, tabs }); // not known: another node took this one for dead
    else if (!isSameMeta(published, member)) await this.#broadcast(address, "presence:update", member);
  }

  async #broadcast({ channel, params }: ChannelAddress, event: string, payload: unknown): Promise<void> {
    const presence = this.#deps.channels.get(channel.name);
    const { realtime } = this.#deps;
    const broadcast = realtime.broadcast.bind(realtime) as (...message: readonly unknown[]) => Promise<unknown>; // this file alone makes these payloads
    while (presence)
      try {
        return void (await broadcast(presence.at(params), event, payload));
      } catch (error) {
        if (this.#isClosing || !(error instanceof RealtimeError) || error.code !== "ISOLATED") throw error;
        await this.#pause(error.retryAfterMs ?? ISOLATED_PAUSE_MS); // the store has the change already: dropped here, the others would never show it
      }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const goOn = () => {
        cancel();
        this.#waiting.delete(goOn);
        resolve();
      };
      const cancel = this.#deps.clock.after(ms, goOn);
      this.#waiting.add(goOn);
    });
  }
}

function isEqual(one: PresenceMember, other: PresenceMember): boolean {
  return one.lastActive === other.lastActive && one.joinedAt === other.joinedAt && isSameMeta(one, other);
}

/** A change of `lastActive` alone is written, and published with the member's next change. */
export function isSameMeta(one: PresenceMember, other: PresenceMember): boolean {
  return one.meta === other.meta || JSON.stringify(one.meta) === JSON.stringify(other.meta);
}
