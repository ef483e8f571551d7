import type { Clock } from "@repo/core-realtime";
import { turn } from "./event-loop-turn";

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #elapsed = 0;
  #wallOffset: number;

  constructor(startsAt = Date.UTC(2026, 0, 1)) {
    this.#wallOffset = startsAt;
  }

  now(): number {
    return this.#wallOffset + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { due: this.#elapsed + ms, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Timers that have not run. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Moves time and runs what is due, in order, each at its own moment; what a timer sets in turn too. */
  advance(ms: number): void {
    const end = this.#endOf(ms);
    for (let timer = this.#nextUntil(end); timer; timer = this.#nextUntil(end)) this.#ring(timer);
    this.#elapsed = end;
  }

  /** The same, and before each timer and after the last, whatever waits on promises continues as far as it can. */
  async advanceAsync(ms: number): Promise<void> {
    const end = this.#endOf(ms);
    await turn();
    for (let timer = this.#nextUntil(end); timer; timer = this.#nextUntil(end)) {
      this.#ring(timer);
      await turn();
    }
    this.#elapsed = end;
    await turn();
  }

  /** Sets the wall clock forward, or back, as an operator would; timers and `monotonic` are not affected. */
  jump(ms: number): void {
    this.#wallOffset += ms;
  }

  #endOf(ms: number): number {
    if (ms >= 0) return this.#elapsed + ms;
    throw new TypeError(`Time does not go back: advance(${ms}); use jump(${ms}) to move the wall clock alone.`);
  }

  #nextUntil(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (timer.due <= end && (!next || timer.due < next.due)) next = timer;
    return next;
  }

  #ring(timer: Timer): void {
    this.#timers.delete(timer);
    this.#elapsed = Math.max(this.#elapsed, timer.due);
    timer.run();
  }
}
