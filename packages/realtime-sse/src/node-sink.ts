import { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { EventSink, EventSinkListener } from "./event-sink.js";

/**
 * A stream on Node's own response. Whole chunks go straight to its socket, one buffer for all that are sent the same: the response
 * would write a chunk's head, body and tail in three pieces, for each connection anew.
 */
export class NodeSink implements EventSink {
  static #latest: { readonly bytes: Uint8Array; readonly chunk: Buffer } | undefined;
  readonly #response: ServerResponse;
  #isDirect = false;
  #awaitsDrain = false;
  #listener: EventSinkListener | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get waitingBytes(): number {
    return this.#response.writableLength;
  }

  /** `writableNeedDrain` alone stays true for a tick after a large write that went through. */
  get isBlocked(): boolean {
    const { socket, writableNeedDrain, writableLength } = this.#response;
    return (writableNeedDrain || socket?.writableNeedDrain === true) && writableLength > 0;
  }

  write(bytes: Uint8Array): void {
    const { socket, writable } = this.#response;
    if (!writable) return;
    if (this.#isDirect && socket) return this.#writeChunk(socket, bytes);
    socket?.cork(); // the head and the first chunk in one system call, now and not a tick later
    this.#response.write(bytes);
    socket?.uncork();
    this.#isDirect = isOpenForChunks(this.#response);
  }

  end(): void {
    this.#response.end();
  }

  destroy(): void {
    this.#response.destroy();
  }

  listen(listener: EventSinkListener): void {
    const response = this.#response;
    this.#listener = listener;
    response.on("drain", () => listener.onDrain());
    if (response.closed) queueMicrotask(() => listener.onGone());
    else response.once("close", () => listener.onGone());
  }

  #writeChunk(socket: Socket, bytes: Uint8Array): void {
    if (NodeSink.#latest?.bytes !== bytes) NodeSink.#latest = { bytes, chunk: chunkOf(bytes) };
    if (socket.write(NodeSink.#latest.chunk) || this.#awaitsDrain) return;
    this.#awaitsDrain = true;
    socket.once("drain", () => {
      this.#awaitsDrain = false;
      this.#listener?.onDrain();
    });
  }
}

/** The head has left, the body is chunked (RFC 9112 § 7.1), and no other code has wrapped the response, as middleware that compresses does. */
function isOpenForChunks(response: ServerResponse): boolean {
  const { socket, chunkedEncoding, writableLength } = response;
  const isOwn = response.write === ServerResponse.prototype.write;
  return isOwn && chunkedEncoding && socket !== null && writableLength === socket.writableLength;
}

function chunkOf(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.byteLength.toString(16)}\r\n`), bytes, END_OF_CHUNK]);
}

const END_OF_CHUNK = Buffer.from("\r\n");
