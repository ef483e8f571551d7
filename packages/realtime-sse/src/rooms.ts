import type { Outbox } from "./outbox.js";

/** Who joined which channel. */
export class Rooms {
  readonly #rooms = new Map<string, Set<Outbox>>();

  join(channel: string, outbox: Outbox): void {
    const room = this.#rooms.get(channel);
    if (room) room.add(outbox);
    else this.#rooms.set(channel, new Set([outbox]));
  }

  leave(channel: string, outbox: Outbox): void {
    const room = this.#rooms.get(channel);
    room?.delete(outbox);
    if (room?.size === 0) this.#rooms.delete(channel);
  }

  membersOf(channel: string): ReadonlySet<Outbox> | undefined {
    return this.#rooms.get(channel);
  }
}
