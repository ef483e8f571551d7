import type { Duplex } from "node:stream";
import type { OutboundSink } from "@repo/core-realtime/server";

/** A WebSocket's own socket, as its outbound queue writes to it: ready frames, past `ws`, which would copy the header to each. */
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

  /** `writableNeedDrain` alone stays true for a tick after a large write that went through. */
  get isBlocked(): boolean {
    return this.#socket.writableNeedDrain && this.#socket.writableLength > 0;
  }

  write(bytes: Buffer): void {
    if (!this.#socket.writable || this.#socket.write(bytes) || this.#awaitsDrain) return;
    this.#awaitsDrain = true;
    this.#socket.once("drain", () => {
      this.#awaitsDrain = false;
      this.#owner.onDrain();
    });
  }
}

/** What a sink tells its connection. */
export interface DrainOwner {
  /** The reader took what was held: it lives, and there is room again. */
  onDrain(): void;
}
