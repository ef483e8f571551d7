import { Listeners } from "./listeners.js";

const MAX_SAMPLES = 30;

/** What a pulse measures, and how often. */
export interface PulseOptions {
  readonly intervalMs: number;
  readonly measure: () => number;
}

/** Measures while a page is open, and stops when none is. */
export class Pulse {
  readonly #beat = new Listeners();
  readonly #options: PulseOptions;
  #timer: ReturnType<typeof setInterval> | undefined;
  #samples: readonly number[] = [];

  constructor(options: PulseOptions) {
    this.#options = options;
  }

  /** Oldest first. */
  get samples(): readonly number[] {
    return this.#samples;
  }

  get watchers(): number {
    return this.#beat.size;
  }

  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  /** Calls back after each measurement. Returns the undo. */
  watch(listener: () => void): () => void {
    const leave = this.#beat.add(listener);
    this.#timer ??= setInterval(() => this.#measure(), this.#options.intervalMs);
    return () => {
      leave();
      if (this.#beat.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  #measure(): void {
    this.#samples = [...this.#samples, this.#options.measure()].slice(-MAX_SAMPLES);
    this.#beat.notify();
  }
}
