import type { Clock } from "../../seams/clock.js";
import { DueHeap, type DueItem } from "../due-heap.js";

interface Waiting extends DueItem {
  readonly expire: () => void;
}

/** A deadline that was set; cancelling it twice, or when it has passed, changes nothing. */
export type CancelDeadline = () => void;

/** All deadlines of a node, behind one timer. Almost all are cancelled long before they are due, and then the timer stays as it is. */
export class DeadlineQueue {
  readonly #heap = new DueHeap<Waiting>();
  readonly #clock: Clock;
  #rings = Number.POSITIVE_INFINITY;
  #cancelTimer: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Deadlines that are neither cancelled nor over. */
  get waiting(): number {
    return this.#heap.size;
  }

  set(ms: number, expire: () => void): CancelDeadline {
    const waiting: Waiting = { due: this.#clock.monotonic() + ms, slot: -1, expire };
    this.#heap.add(waiting);
    this.#wind();
    return () => this.#heap.remove(waiting);
  }

  /** Sets the timer for the first deadline; one that rings earlier finds nothing due, and is set again. */
  #wind(): void {
    const { first } = this.#heap;
    if (!first || this.#rings <= first.due) return;
    this.#cancelTimer();
    this.#rings = first.due;
    this.#cancelTimer = this.#clock.after(first.due - this.#clock.monotonic(), () => this.#ring());
  }

  #ring(): void {
    this.#rings = Number.POSITIVE_INFINITY;
    const now = this.#clock.monotonic();
    for (let { first } = this.#heap; first && first.due <= now; { first } = this.#heap) {
      this.#heap.remove(first);
      first.expire();
    }
    this.#wind();
  }
}
