import type { EventSink } from "../event-sink.js";
import type { Outbox } from "../outbox.js";

/** A sink in the test's hands: it is blocked when the test says so. */
export class TestSink implements EventSink {
  readonly written: string[] = [];
  isBlocked = false;
  /** Whether bytes are gone once written, or wait here. */
  swallows = true;
  waiting = 0;

  write(bytes: Uint8Array): void {
    this.written.push(Buffer.from(bytes).toString());
    if (!this.swallows) this.waiting += bytes.length;
  }

  /** The peer reads on. */
  drain(outbox: Outbox): void {
    this.isBlocked = false;
    outbox.catchUp();
  }

  end(): void {
    this.written.push("END");
  }

  destroy(): void {
    this.written.push("CUT");
  }

  listen(): void {}
}
