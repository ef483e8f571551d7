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
  #afterFlush: (() => void)[] = [];
  readonly #onImmediate = (): void => this.flush();

  /** Schedules a flush at the end of this turn. */
  add(queue: Flushable): void {
    if (this.#scheduled.push(queue) === 1 && this.#afterFlush.length === 0) setImmediate(this.#onImmediate);
  }

  /** Calls at the end of this turn, once every queue has written. */
  afterFlush(run: () => void): void {
    if (this.#afterFlush.push(run) === 1 && this.#scheduled.length === 0) setImmediate(this.#onImmediate);
  }

  /** Flushes now what is scheduled. */
  flush(): void {
    const [flushing, runs] = [this.#scheduled, this.#afterFlush];
    this.#scheduled = this.#spare;
    if (runs.length > 0) this.#afterFlush = []; // before the queues: what one of them adds is of the next turn
    for (const queue of flushing) queue.flush();
    flushing.length = 0;
    this.#spare = flushing;
    this.start.forget();
    if (runs !== this.#afterFlush) for (const run of runs) run();
  }
}
