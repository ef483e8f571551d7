import { FlushScheduler } from "./flush-scheduler.js";
import type { OutboundFrame } from "./outbound-frame.js";
import { OutboundQueue } from "./outbound-queue.js";
import { TestSink } from "./test-sink.js";

export const MAX_BYTES = 10_000;

/** A message of a channel, whose bytes are its text. */
export function frame(text: string, more: Partial<OutboundFrame<Buffer>> = {}): OutboundFrame<Buffer> {
  const encoded = Buffer.from(text);
  return { encoded, bytes: encoded.length, channel: "lobby", overflow: "close", slot: "", ...more };
}

/** Joins buffers, as a transport would. */
export function join(parts: readonly Buffer[]): Buffer {
  return Buffer.concat(parts);
}

/** A queue on a sink whose reader the test stops and resumes. */
export class QueueUnderTest {
  readonly scheduler: FlushScheduler<Buffer>;
  readonly sink = new TestSink();
  readonly queue: OutboundQueue<Buffer>;
  overflows = 0;

  constructor({ scheduler = new FlushScheduler<Buffer>(), maxBufferedBytes = MAX_BYTES } = {}) {
    this.scheduler = scheduler;
    const onOverflow = () => void (this.overflows += 1);
    this.queue = new OutboundQueue(this.sink, { scheduler, join, maxBufferedBytes }, { onOverflow });
  }

  append(...frames: readonly (OutboundFrame<Buffer> | string)[]): void {
    for (const each of frames) this.queue.append(typeof each === "string" ? frame(each) : each);
  }

  /** The reader stops, and what is under way, a thousand bytes, blocks the sink. */
  fallBehind(): void {
    this.sink.stall();
    this.append("x".repeat(1_000));
    this.scheduler.flush();
    this.sink.written.length = 0;
  }

  /** The reader takes what the sink holds, and no more. */
  drainOnce(): void {
    this.sink.takeHeld();
    this.queue.onDrain();
  }

  /** The reader takes everything again. */
  catchUp(): void {
    this.sink.resume();
    this.queue.onDrain();
  }
}
