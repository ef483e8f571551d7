import type { Duplex } from "node:stream";
import type { OutboundSink } from "./outbound-queue.js";

/** How much a sink holds before it is blocked: as much as Node holds of a socket or response before it requests a pause. */
export const HIGH_WATER_BYTES = 16 * 1024;

/** The TCP or TLS socket of a WebSocket, as an outbound queue writes to it: ready frames, past the WebSocket's library. */
export class SocketSink implements OutboundSink<Buffer> {
  readonly #socket: Duplex;
  readonly #owner: DrainOwner;
  #awaitsDrain = false;

  constructor(socket: Duplex, owner: DrainOwner) {
    this.#socket = socket;
    this.#owner = owner;
  }

  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  /** False also after a large write, where the kernel took it at once. */
  get isBlocked(): boolean {
    return this.#socket.writableNeedDrain;
  }

  /** `onSent` is called when the kernel has the bytes. */
  write(bytes: Buffer, onSent?: () => void): void {
    if (!this.#socket.writable || this.#socket.write(bytes, onSent) || this.#awaitsDrain) return;
    this.#awaitsDrain = true;
    this.#socket.once("drain", () => {
      this.#awaitsDrain = false;
      this.#owner.onDrain();
    });
  }
}

/** What a sink reports to its connection. */
export interface DrainOwner {
  /** The reader took what was held: it lives, and there is room again. */
  onDrain(): void;
}
