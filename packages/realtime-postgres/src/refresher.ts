import type { Clock } from "@repo/core-realtime";

export interface RefresherOptions {
  readonly clock: Clock;
  /** Milliseconds between two runs that nothing requested. */
  readonly everyMs: number;
  /** `isPeriodic`: it is time for it, whether it was requested or not. */
  readonly run: (isPeriodic: boolean) => Promise<void>;
  /** A run that failed; the next one is due all the same. */
  readonly onError: (cause: unknown) => void;
}

const REST_MS = 25; // between two runs: what any role may request, by NOTIFY, takes a bounded share of the database's time
const REST_SHARE = 3; // times as long as the run has taken

/**
 * One piece of work, again and again: at intervals, and when it is requested; never twice at the same time. A request is served at once
 * after a pause, and else when the pause is over, together with all others that have come until then.
 */
export class Refresher {
  readonly #options: RefresherOptions;
  #running: Promise<void> | undefined;
  #isRequested = false;
  #isStopped = true; // before the first run nothing has to be requested
  /** On the monotonic clock: when the next run may begin, and when it begins in any case. */
  #restsUntil = 0;
  #isDueAt = 0;
  #cancel: () => void = () => undefined;

  constructor(options: RefresherOptions) {
    this.#options = options;
  }

  /** The first run; rejects where it fails. Others follow either way, until it is stopped; then it may be started again. */
  async start(): Promise<void> {
    const { clock, everyMs, run } = this.#options;
    this.#isStopped = false;
    const first = run(true);
    this.#running = first.catch(() => undefined); // the caller has the error
    try {
      await first;
    } finally {
      this.#running = undefined;
      this.#restsUntil = clock.monotonic() + REST_MS;
      this.#isDueAt = clock.monotonic() + everyMs;
      this.#plan();
    }
  }

  /** Runs as soon as the pause after the last run is over, and again where one is in progress. */
  request(): void {
    if (this.#isStopped || this.#isRequested) return;
    this.#isRequested = true;
    if (!this.#running) this.#plan();
  }

  /** Resolves when the run in progress has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#running;
  }

  #plan(): void {
    this.#cancel();
    if (this.#isStopped) return;
    const { clock } = this.#options;
    const now = clock.monotonic();
    const waitMs = (this.#isRequested ? Math.min(this.#restsUntil, this.#isDueAt) : this.#isDueAt) - now;
    if (waitMs <= 0) this.#begin();
    else this.#cancel = clock.after(waitMs, () => this.#begin());
  }

  #begin(): void {
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      this.#plan();
    });
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    const { clock, everyMs, run, onError } = this.#options;
    const began = clock.monotonic();
    const isPeriodic = began >= this.#isDueAt;
    this.#isRequested = false;
    await run(isPeriodic).catch(onError);
    const ended = clock.monotonic();
    this.#restsUntil = ended + Math.max(REST_MS, REST_SHARE * (ended - began));
    if (isPeriodic) this.#isDueAt = ended + everyMs;
  }
}
