import type { OutboundSink } from "./outbound-queue.js";

const HIGH_WATER_BYTES = 1_000;

/** A sink controlled by the test: its reader takes everything at once, or only what the test lets it take. */
export class TestSink implements OutboundSink<Buffer> {
  readonly written: Buffer[] = [];
  #isReading = true;
  #held: number[] = [];

  /** Everything that was written. */
  get text(): string {
    return Buffer.concat(this.written).toString();
  }

  get waitingBytes(): number {
    return this.#held.reduce((sum, bytes) => sum + bytes, 0);
  }

  get isBlocked(): boolean {
    return this.waitingBytes >= HIGH_WATER_BYTES;
  }

  write(bytes: Buffer): void {
    this.written.push(bytes);
    if (!this.#isReading) this.#held.push(bytes.length);
  }

  /** The reader stops: what is written from now on waits. */
  stall(): void {
    this.#isReading = false;
  }

  /** The reader takes what is held, and no more. */
  takeHeld(): void {
    this.#held = [];
  }

  /** The reader takes everything from now on. */
  resume(): void {
    this.#isReading = true;
    this.takeHeld();
  }
}
