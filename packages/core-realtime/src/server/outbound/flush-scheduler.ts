import { OutboundBatch } from "./outbound-batch.js";
import type { EncodedFrame } from "./outbound-frame.js";

/** What has something to write when the turn of the event loop ends. */
export interface Flushable {
  flush(): void;
}

/**
 * The flush of one transport, once per turn of the event loop: collects the queues that have something to write, and lets each
 * write once. `setImmediate`, not a microtask: it runs right after the poll, before the loop may sleep, so a message alone in its
 * turn waits for nothing (measured: no difference in p50); and what many sockets and promises bring in one turn is one write,
 * where microtasks end between any two of them (measured: eight broadcasts, each awaited, cost eight times as much).
 */
export class FlushScheduler<E extends EncodedFrame> {
  /** The empty batch, where every queue begins. */
  readonly start = new OutboundBatch<E>();
  #scheduled: Flushable[] = [];
  #spare: Flushable[] = [];
  readonly #onImmediate = (): void => this.flush();

  /** Schedules a flush at the end of this turn. */
  add(queue: Flushable): void {
    if (this.#scheduled.push(queue) === 1) setImmediate(this.#onImmediate);
  }

  /** Flushes now what is scheduled. */
  flush(): void {
    const flushing = this.#scheduled;
    this.#scheduled = this.#spare;
    for (const queue of flushing) queue.flush();
    flushing.length = 0;
    this.#spare = flushing;
    this.start.forget();
  }
}
