import type { EventSink } from "../event-sink.js";

/** A sink that takes everything, and keeps what it was given. */
export class TestSink implements EventSink {
  readonly written: Uint8Array[] = [];
  readonly waitingBytes = 0;
  isBlocked = false;

  /** All of it. */
  get text(): string {
    return Buffer.concat(this.written).toString();
  }

  write(bytes: Uint8Array): void {
    this.written.push(bytes);
  }

  end(): void {}
  destroy(): void {}
  listen(): void {}
}
