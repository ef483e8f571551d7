import type { Clock } from "../../seams/clock.js";
import { DueHeap, type DueItem } from "../due-heap.js";

/** What a deadline ends. Its own item in the queue: a deadline of a handler allocates nothing more. */
export interface Expiring extends DueItem {
  expire(): void;
}

/** A deadline that was set; cancelling it twice, or when it has passed, changes nothing. */
export type CancelDeadline = () => void;

/** All deadlines of a node, behind one timer. Almost all are cancelled long before they are due, and then the timer stays as it is. */
export class DeadlineQueue {
  readonly #heap = new DueHeap<Expiring>();
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
    const waiting: Expiring = { due: 0, slot: -1, expire };
    this.watch(waiting, ms);
    return () => this.#heap.remove(waiting);
  }

  /** Calls `expire` after so many ms, unless it is forgotten before. */
  watch(expiring: Expiring, ms: number): void {
    expiring.due = this.#clock.monotonic() + ms;
    this.#heap.add(expiring);
    this.#wind();
  }

  /** Nothing happens where it is not watched any more. */
  forget(expiring: Expiring): void {
    this.#heap.remove(expiring);
  }

  /** Sets the timer for the first deadline; one that fires earlier finds nothing due, and is set again. */
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
