import { KeyedSerialQueue, RealtimeError, type ChannelAddress, type LeaveReason } from "@repo/core-realtime";
import type { PresenceBounds, ReachedBound } from "./presence-bounds.js";
import type { PresenceMember } from "./presence-member.js";
import { PresenceSeats, type PresenceSeat } from "./presence-seat.js";
import { isSameMeta, PresenceWriter, type PresenceWriterDeps } from "./presence-writer.js";

/** The dependencies of the keeper. */
export interface PresenceKeeperDeps extends PresenceWriterDeps {
  readonly bounds: PresenceBounds;
  /** A closed connection stays a member for so long. */
  readonly graceMs: number;
  /** Changes wait for so long, and only their sum is published. */
  readonly tickMs: number;
  /** `lastActive` moves in steps of this. */
  readonly activeMs: number;
}

/** The members of this node. Once per tick, what has changed is written and published, one channel at a time in order. */
export class PresenceKeeper {
  readonly #deps: PresenceKeeperDeps;
  readonly #writer: PresenceWriter;
  readonly #queues = new KeyedSerialQueue();
  readonly #seats = new PresenceSeats();
  /** Members that are to be removed and have no open connection on this node. */
  readonly #absent = new PresenceSeats();
  #changed = new Set<PresenceSeat>();
  #unwritten = new Set<PresenceSeat>();
  #cancelTick: (() => void) | undefined;

  constructor(deps: PresenceKeeperDeps) {
    this.#deps = deps;
    this.#writer = new PresenceWriter(deps);
  }

  /** A connection's seat, also when it has left and that is not published yet. */
  anySeatOf(connectionId: string, address: ChannelAddress): PresenceSeat | undefined {
    return this.#seats.find(connectionId, address);
  }

  /** The seat of an open connection that is subscribed to the channel. */
  seatOf(connectionId: string, address: ChannelAddress): PresenceSeat | undefined {
    const seat = this.#seats.find(connectionId, address);
    return seat?.current && !seat.cancelLeave ? seat : undefined;
  }

  join(address: ChannelAddress, { connectionId, userId }: Pick<PresenceMember, "connectionId" | "userId">): void {
    const seat = this.#seats.findOrAdd(connectionId, address);
    const now = this.#deps.clock.now();
    const { published } = seat;
    const joinedAt = published?.userId === userId ? published.joinedAt : now; // left and joined within a tick: it never left
    this.#change(seat, { connectionId, userId, joinedAt, lastActive: now });
  }

  /** With the next tick where the client unsubscribed or lost its right; after the grace where its connection closed. */
  leave(address: ChannelAddress, connectionId: string, why: LeaveReason): void {
    const seat = this.seatOf(connectionId, address);
    if (!seat) return;
    if (why !== "disconnected" || !seat.published) return this.#change(seat, undefined); // not published yet: nothing to wait for
    seat.cancelLeave = this.#deps.clock.after(this.#deps.graceMs, () => this.#endGrace(seat));
  }

  /** No client returns on a connection that was silent until it was closed: it gets no grace. */
  gaveUp(connectionId: string): void {
    for (const seat of this.#seats.ofConnection(connectionId)) if (seat.cancelLeave) this.#endGrace(seat);
  }

  /**
   * This node is cut off from the others. Its clients receive nothing and must connect again, so they are members no longer: the others
   * read that from the store when they find this node silent.
   */
  leaveAll(): void {
    for (const seat of this.#seats.all()) this.#endGrace(seat);
  }

  /** Another identity on the same connection is another member; its meta stays, for it describes the tab. */
  identify(connectionId: string, userId: string | null): void {
    const now = this.#deps.clock.now();
    for (const seat of this.#seats.ofConnection(connectionId))
      if (seat.current && seat.current.userId !== userId && !seat.cancelLeave)
        this.#change(seat, { ...seat.current, userId, joinedAt: now, lastActive: now });
  }

  /** The connection did something. Called for each client message: cheap where nothing is due. */
  active(connectionId: string): void {
    for (const seat of this.#seats.ofConnection(connectionId)) {
      const now = this.#deps.clock.now();
      const { current } = seat;
      if (current && Math.abs(now - current.lastActive) >= this.#deps.activeMs)
        this.#change(seat, { ...current, lastActive: now });
    }
  }

  /** What a tab sends about itself. */
  update(address: ChannelAddress, connectionId: string, meta: unknown): void {
    const seat = this.seatOf(connectionId, address);
    if (!seat?.current) throw new RealtimeError("NOT_SUBSCRIBED", { detail: address.name });
    const bytes = Buffer.byteLength(JSON.stringify(meta) ?? "");
    const { maxMetaBytes } = this.#deps.bounds;
    if (bytes > maxMetaBytes)
      throw new RealtimeError("PAYLOAD_INVALID", { detail: `meta has ${bytes} bytes; at most ${maxMetaBytes}` });
    const next = { ...seat.current, meta };
    if (!isSameMeta(seat.current, next)) this.#change(seat, { ...next, lastActive: this.#deps.clock.now() });
    if (seat.full)
      throw new RealtimeError("REFUSED", {
        detail: `the list of ${address.name} is full (${seat.full}); this is published when there is room`,
      });
  }

  /** The seats of this node that watch the members of a channel, by the name of that channel. */
  watchers(): ReadonlyMap<string, readonly PresenceSeat[]> {
    const watchers = new Map<string, PresenceSeat[]>();
    for (const seat of this.#seats.all()) {
      if (!seat.send) continue;
      const { name } = seat.address;
      const known = watchers.get(name);
      if (known) known.push(seat);
      else watchers.set(name, [seat]);
    }
    return watchers;
  }

  /** Removes a member of another node. */
  removeDead(address: ChannelAddress, member: PresenceMember): Promise<void> {
    const seat = this.#absent.findOrAdd(member.connectionId, address);
    seat.published ??= member;
    return this.#inOrder(address.name, () => this.#write([seat]));
  }

  /** The store may have executed a write after its deadline, and after later ones: what is true is written once more. */
  writtenLate(address: ChannelAddress, connectionId: string): void {
    const seat = this.#seats.find(connectionId, address) ?? this.#absent.findOrAdd(connectionId, address);
    seat.uncertain ??= { userId: null };
    this.#change(seat, seat.current);
  }

  /** Writes once more what the store failed to take or had no room for. */
  retry(): void {
    for (const seat of this.#unwritten) this.#change(seat, seat.current);
    this.#unwritten = new Set();
  }

  /** This node stops: its members leave now, not when other nodes find it dead. Resolves when all is written and published. */
  async close(): Promise<void> {
    this.leaveAll();
    await this.#publish();
    await this.#writer.close();
  }

  #endGrace(seat: PresenceSeat): void {
    seat.cancelLeave?.();
    seat.cancelLeave = undefined;
    this.#change(seat, undefined);
  }

  #change(seat: PresenceSeat, current: PresenceMember | undefined): void {
    seat.current = current;
    this.#changed.add(seat);
    this.#cancelTick ??= this.#deps.clock.after(this.#deps.tickMs, () => void this.#publish());
  }

  async #publish(): Promise<void> {
    this.#cancelTick?.();
    this.#cancelTick = undefined;
    const byChannel = new Map<string, PresenceSeat[]>();
    for (const seat of this.#changed) {
      const seats = byChannel.get(seat.address.name);
      if (seats) seats.push(seat);
      else byChannel.set(seat.address.name, [seat]);
    }
    this.#changed = new Set();
    await Promise.all([...byChannel].map(([name, seats]) => this.#inOrder(name, () => this.#write(seats))));
  }

  async #write(seats: readonly PresenceSeat[]): Promise<void> {
    let full: ReachedBound | undefined;
    for (const seat of seats) {
      const isNew = seat.current !== undefined && !seat.published;
      if (isNew && full)
        seat.full = full; // no write for each newcomer of a full channel
      else await this.#writer.write(seat).catch(this.#deps.onError);
      if (isNew && seat.full !== "tabs") full = seat.full;
      if (seat.current !== seat.published || seat.uncertain) this.#unwritten.add(seat);
      else if (!seat.current) for (const place of [this.#seats, this.#absent]) place.delete(seat);
    }
  }

  /** A task that fails is reported, and the next one runs. */
  #inOrder(name: string, task: () => Promise<void>): Promise<void> {
    return this.#queues.push(name, task).catch(this.#deps.onError);
  }
}
