import type { OutboundQueue } from "@repo/core-realtime/server";

/** Who joined which channel. */
export class Rooms {
  readonly #rooms = new Map<string, Set<OutboundQueue<Buffer>>>();

  join(channel: string, queue: OutboundQueue<Buffer>): void {
    const room = this.#rooms.get(channel);
    if (room) room.add(queue);
    else this.#rooms.set(channel, new Set([queue]));
  }

  leave(channel: string, queue: OutboundQueue<Buffer>): void {
    const room = this.#rooms.get(channel);
    room?.delete(queue);
    if (room?.size === 0) this.#rooms.delete(channel);
  }

  membersOf(channel: string): ReadonlySet<OutboundQueue<Buffer>> | undefined {
    return this.#rooms.get(channel);
  }
}
