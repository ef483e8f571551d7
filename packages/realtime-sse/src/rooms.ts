import type { OutboundQueue } from "@repo/core-realtime/server";
import type { EncodedEvents } from "./encoded-events.js";

/** Who joined which channel. */
export class Rooms {
  readonly #rooms = new Map<string, Set<OutboundQueue<EncodedEvents>>>();

  join(channel: string, queue: OutboundQueue<EncodedEvents>): void {
    const room = this.#rooms.get(channel);
    if (room) room.add(queue);
    else this.#rooms.set(channel, new Set([queue]));
  }

  leave(channel: string, queue: OutboundQueue<EncodedEvents>): void {
    const room = this.#rooms.get(channel);
    room?.delete(queue);
    if (room?.size === 0) this.#rooms.delete(channel);
  }

  membersOf(channel: string): ReadonlySet<OutboundQueue<EncodedEvents>> | undefined {
    return this.#rooms.get(channel);
  }
}
