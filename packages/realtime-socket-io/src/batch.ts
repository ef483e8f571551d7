import type { Packet } from "./packet.js";

/** What engine.io takes: text for polling, and the same as ready frames for a WebSocket. */
export interface OutgoingBatch {
  readonly text: string;
  readonly options: { readonly compress: false; readonly wsPreEncodedFrame: readonly [Buffer] };
}

/** In a payload of engine.io's polling, packets are joined so; the next one's type is "message". */
const NEXT_MESSAGE = "\x1e4";

/**
 * Packets that leave together. Whoever gets the same packets in the same order holds the same batch, so they are joined once;
 * adding a packet to a batch allocates for the first connection that does it, and for nobody after.
 */
export class Batch {
  readonly #packet: Packet;
  readonly #before: Batch | undefined;
  readonly bytes: number;
  #next: Batch | undefined;
  #outgoing: OutgoingBatch | undefined;

  constructor(packet: Packet, before?: Batch) {
    this.#packet = packet;
    this.#before = before;
    this.bytes = packet.bytes + (before?.bytes ?? 0);
  }

  get packet(): Packet {
    return this.#packet;
  }

  /** This batch and one packet more. */
  plus(packet: Packet): Batch {
    if (this.#next?.packet !== packet) this.#next = new Batch(packet, this);
    return this.#next;
  }

  /** The packets, oldest first. */
  packets(): Packet[] {
    const packets = [this.#packet];
    for (let batch = this.#before; batch; batch = batch.#before) packets.push(batch.#packet);
    return packets.reverse();
  }

  /** Joined, once. */
  outgoing(): OutgoingBatch {
    this.#outgoing ??= this.#join();
    return this.#outgoing;
  }

  #join(): OutgoingBatch {
    const packets = this.packets();
    const [first] = packets;
    const frame = packets.length === 1 && first ? first.frame : Buffer.concat(packets.map((packet) => packet.frame));
    const text = packets.map((packet) => packet.text).join(NEXT_MESSAGE);
    return { text, options: { compress: false, wsPreEncodedFrame: [frame] } };
  }
}
