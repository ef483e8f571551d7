import type { Clock } from "@repo/core-realtime";

export interface RefresherOptions {
  readonly clock: Clock;
  /** Milliseconds between two runs that nothing requested. */
  readonly everyMs: number;
  readonly run: () => Promise<void>;
  /** A run that failed; the next one is due all the same. */
  readonly onError: (cause: unknown) => void;
}

/** One piece of work, again and again: at intervals, and when it is requested; never twice at the same time. */
export class Refresher {
  readonly #options: RefresherOptions;
  #running: Promise<void> | undefined;
  #isRequested = false;
  #isStopped = false;
  #cancel: () => void = () => undefined;

  constructor(options: RefresherOptions) {
    this.#options = options;
  }

  /** The first run; rejects where it fails. Others follow either way, until it is stopped; then it may be started again. */
  async start(): Promise<void> {
    this.#isStopped = false;
    try {
      await this.#options.run();
    } finally {
      this.#plan();
    }
  }

  /** Runs now, or again after the run that is in progress. */
  request(): void {
    if (this.#isStopped) return;
    this.#isRequested = true;
    this.#running ??= this.#runAll().finally(() => (this.#running = undefined));
  }

  /** Resolves when the run in progress has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#running;
  }

  /** Never rejects. */
  async #runAll(): Promise<void> {
    const { run, onError } = this.#options;
    this.#cancel();
    while (this.#isRequested && !this.#isStopped) {
      this.#isRequested = false;
      await run().catch(onError);
    }
    this.#plan();
  }

  #plan(): void {
    if (!this.#isStopped) this.#cancel = this.#options.clock.after(this.#options.everyMs, () => this.request());
  }
}
