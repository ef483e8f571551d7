import { browserClock, type ClientClock } from "../browser-clock.js";
import { backOffMs } from "../connection/back-off.js";

/** What a loader needs. */
export interface CopyLoaderDeps {
  /** Loads a copy of everything and puts it to use. */
  readonly load: () => Promise<unknown>;
  /** Called with the first failure of each row of them; a further attempt follows. */
  readonly onError: (cause: unknown) => void;
  /** The clock of the pauses. */
  readonly clock?: ClientClock | undefined;
  /** From 0 up to 1; spreads the pauses. */
  readonly random?: (() => number) | undefined;
}

/** Loads a copy, and again with back-off (at most 5 s) for as long as that fails. */
export class CopyLoader {
  readonly #deps: CopyLoaderDeps;
  #run = 0;
  #cancel: (() => void) | undefined;

  constructor(deps: CopyLoaderDeps) {
    this.#deps = deps;
  }

  /** A copy is needed: at first, or after a gap. What is under way is not waited for. */
  start(): void {
    this.stop();
    void this.#attempt(0);
  }

  /** Ends loading. */
  stop(): void {
    this.#run += 1;
    this.#cancel?.();
  }

  async #attempt(failures: number): Promise<void> {
    const { load, onError, clock = browserClock, random = Math.random } = this.#deps;
    const mine = this.#run;
    try {
      await load();
    } catch (cause) {
      if (mine !== this.#run) return;
      if (failures === 0) onError(cause);
      this.#cancel = clock.after(backOffMs(failures, random()), () => void this.#attempt(failures + 1));
    }
  }
}
