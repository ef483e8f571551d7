import type { ServerResponse } from "node:http";
import type { EventSink, EventSinkListener } from "./event-sink.js";

/** A stream on Node's own response. */
export class NodeSink implements EventSink {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get waitingBytes(): number {
    return this.#response.writableLength;
  }

  /** `writableNeedDrain` alone stays true for a tick after a large write that went through. */
  get isBlocked(): boolean {
    return this.#response.writableNeedDrain && this.#response.writableLength > 0;
  }

  write(bytes: Uint8Array): void {
    const { socket, writable } = this.#response;
    if (!writable) return;
    socket?.cork(); // the chunk's head, body and tail in one system call, now and not a tick later
    this.#response.write(bytes);
    socket?.uncork();
  }

  end(): void {
    this.#response.end();
  }

  destroy(): void {
    this.#response.destroy();
  }

  listen(listener: EventSinkListener): void {
    const response = this.#response;
    response.on("drain", () => listener.onDrain());
    if (response.closed) queueMicrotask(() => listener.onGone());
    else response.once("close", () => listener.onGone());
  }
}
