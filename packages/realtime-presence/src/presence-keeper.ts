import {
  KeyedSerialQueue,
  RealtimeError,
  type ChannelAddress,
  type Clock,
  type IRealtimeBroadcaster,
  type LeaveReason,
} from "@repo/core-realtime";
import type { PresenceChannel } from "./define-presence-channel.js";
import type { PresenceMember } from "./presence-member.js";
import type { IPresenceStore } from "./presence-store.js";

/** What the keeper works with. */
export interface PresenceKeeperDeps {
  /** By the name of the channel whose members are kept. */
  readonly channels: ReadonlyMap<string, PresenceChannel>;
  readonly store: IPresenceStore;
  readonly realtime: IRealtimeBroadcaster;
  readonly clock: Clock;
  readonly nodeId: string;
  readonly graceMs: number;
  readonly onError: (cause: unknown) => void;
}

/** One connection on one concrete channel, held by this node. */
interface Seat {
  readonly address: ChannelAddress;
  readonly member: PresenceMember;
}

/** Writes who comes and goes, and says so on the sibling channel; per concrete channel one thing after the other. */
export class PresenceKeeper {
  readonly #deps: PresenceKeeperDeps;
  readonly #lines = new KeyedSerialQueue();
  readonly #seats = new Map<string, Seat>();
  readonly #leaving = new Map<string, { readonly seat: Seat; readonly cancel: () => void }>();

  constructor(deps: PresenceKeeperDeps) {
    this.#deps = deps;
  }

  isSeated(connectionId: string, { name }: ChannelAddress): boolean {
    return this.#seats.has(keyOf(connectionId, name));
  }

  join(address: ChannelAddress, { connectionId, userId }: Pick<PresenceMember, "connectionId" | "userId">): void {
    const seat = { address, member: { connectionId, userId, joinedAt: this.#deps.clock.now() } };
    this.#seats.set(keyOf(connectionId, address.name), seat);
    void this.#inLine(address, () => this.#put(seat));
  }

  /** At once where the client said so or lost its right; after the grace where its connection closed. */
  leave(address: ChannelAddress, connectionId: string, why: LeaveReason): void {
    const key = keyOf(connectionId, address.name);
    const seat = this.#seats.get(key);
    if (!seat || !this.#seats.delete(key)) return;
    if (why !== "closed") return void this.remove(address, connectionId);
    const go = () => {
      this.#leaving.delete(key);
      void this.remove(address, connectionId);
    };
    this.#leaving.set(key, { seat, cancel: this.#deps.clock.after(this.#deps.graceMs, go) });
  }

  /** Nobody comes back on a connection that was silent until it was given up: the grace has passed by then. */
  gaveUp(connectionId: string): void {
    for (const [key, { seat, cancel }] of this.#leaving) {
      if (seat.member.connectionId !== connectionId) continue;
      cancel();
      this.#leaving.delete(key);
      void this.remove(seat.address, connectionId);
    }
  }

  /** What a tab says of itself; resolves when the others have been told. */
  async update(address: ChannelAddress, connectionId: string, meta: unknown): Promise<void> {
    const key = keyOf(connectionId, address.name);
    const seat = this.#seats.get(key);
    if (!seat) throw new RealtimeError("NOT_SUBSCRIBED", { detail: address.name });
    if (JSON.stringify(seat.member.meta) === JSON.stringify(meta)) return;
    const renewed = { address, member: { ...seat.member, meta } };
    this.#seats.set(key, renewed);
    await this.#inLine(address, () => this.#put(renewed));
  }

  /** Takes a member out and says so, whoever held it. */
  remove(address: ChannelAddress, connectionId: string): Promise<void> {
    return this.#inLine(address, async () => {
      const { known, tabs } = await this.#deps.store.remove(address.name, connectionId);
      if (known) await this.#say(address, "presence:leave", { member: known, tabs });
    });
  }

  /** This node goes: its members leave now, not when others find it dead. Resolves when all is written and said. */
  async close(): Promise<void> {
    const pending = [...this.#leaving.values()];
    for (const { cancel } of pending) cancel();
    const seats = [...this.#seats.values(), ...pending.map(({ seat }) => seat)];
    this.#seats.clear();
    this.#leaving.clear();
    await Promise.all(seats.map(({ address, member }) => this.remove(address, member.connectionId)));
  }

  async #put({ address, member }: Seat): Promise<void> {
    if (!this.isSeated(member.connectionId, address)) return; // gone before its turn came
    const { known, tabs } = await this.#deps.store.put(address.name, { nodeId: this.#deps.nodeId, member });
    await (known
      ? this.#say(address, "presence:update", member)
      : this.#say(address, "presence:join", { member, tabs }));
  }

  /** A task that fails is reported, and the line goes on. */
  #inLine({ name }: ChannelAddress, task: () => Promise<void>): Promise<void> {
    return this.#lines.push(name, task).catch(this.#deps.onError);
  }

  async #say({ channel, params }: ChannelAddress, event: string, payload: unknown): Promise<void> {
    const presence = this.#deps.channels.get(channel.name);
    const { realtime } = this.#deps;
    const speak = realtime.broadcast.bind(realtime) as (...spoken: readonly unknown[]) => Promise<unknown>; // this file alone makes these payloads
    if (presence) await speak(presence.at(params), event, payload);
  }
}

function keyOf(connectionId: string, name: string): string {
  return `${connectionId}\n${name}`;
}
