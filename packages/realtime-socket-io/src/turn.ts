import { Batch } from "./batch.js";
import type { Packet } from "./packet.js";

/** Whoever has something to send when the turn ends. */
export interface Leaver {
  leave(): void;
}

/** One turn of the event loop: what is said within it leaves at its end, joined. A message alone leaves then too; there is no timer. */
export class Turn {
  #leaving: Leaver[] = [];
  #first: Batch | undefined;

  /** The batch that begins with this packet, shared by all who begin so. */
  begin(packet: Packet): Batch {
    if (this.#first?.packet !== packet) this.#first = new Batch(packet);
    return this.#first;
  }

  /** Call once per turn; `leave` is called at its end. */
  add(leaver: Leaver): void {
    if (this.#leaving.push(leaver) === 1) setImmediate(() => this.#end());
  }

  #end(): void {
    const leaving = this.#leaving;
    this.#leaving = [];
    this.#first = undefined;
    for (const leaver of leaving) leaver.leave();
  }
}
