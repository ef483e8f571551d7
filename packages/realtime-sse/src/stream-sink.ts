import { HIGH_WATER_BYTES } from "@repo/core-realtime/server";
import type { EventSink, EventSinkListener } from "./event-sink.js";

/** A stream as the body of a fetch Response. Bytes are enqueued when the reader requests them, and not before. */
export class StreamSink implements EventSink {
  readonly body: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #isWanted = false;
  #state: "open" | "ending" | "over" = "open";
  #listener: EventSinkListener | undefined;

  constructor(signal: AbortSignal) {
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => void (this.#controller = controller),
        pull: () => this.#handOver(true),
        cancel: () => this.#over(),
      },
      { highWaterMark: 0 }, // `pull` means that the reader waits for bytes
    );
    const leave = () => this.#leave();
    if (signal.aborted) queueMicrotask(leave);
    else signal.addEventListener("abort", leave, { once: true });
  }

  get waitingBytes(): number {
    return this.#heldBytes;
  }

  get isBlocked(): boolean {
    return this.#heldBytes >= HIGH_WATER_BYTES;
  }

  write(bytes: Uint8Array): void {
    if (this.#state !== "open") return;
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    this.#handOver(this.#isWanted);
  }

  end(): void {
    if (this.#state !== "open") return;
    this.#state = "ending";
    this.#handOver(this.#isWanted);
  }

  destroy(): void {
    if (this.#state === "over") return;
    this.#controller?.error(new DOMException("The stream was cut.", "AbortError"));
    this.#over();
  }

  /** The peer is gone: no reader can mistake the end for a whole one, and hosts print the stack of an error. */
  #leave(): void {
    if (this.#state === "over") return;
    this.#controller?.close();
    this.#over();
  }

  listen(listener: EventSinkListener): void {
    this.#listener = listener;
  }

  #handOver(isWanted: boolean): void {
    const wasBlocked = this.isBlocked;
    this.#isWanted = isWanted;
    if (isWanted && this.#heldBytes > 0) {
      this.#isWanted = false;
      const bytes = Buffer.concat(this.#held, this.#heldBytes);
      this.#held = [];
      this.#heldBytes = 0;
      this.#controller?.enqueue(bytes);
    }
    if (this.#state === "ending" && this.#heldBytes === 0) {
      this.#controller?.close();
      this.#over();
    } else if (wasBlocked && !this.isBlocked) this.#listener?.onDrain();
  }

  #over(): void {
    if (this.#state === "over") return;
    this.#state = "over";
    this.#held = [];
    this.#heldBytes = 0;
    this.#listener?.onGone();
  }
}
