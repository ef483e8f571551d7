import type { Clock } from "@repo/core-realtime";
import { SqlError } from "@repo/realtime-postgres";
import type { LiveWindow } from "./live-window.js";
import type { Viewer } from "./viewer.js";
import type { LoadedResult, WindowLoader } from "./window-loader.js";

export interface WindowRefresherOptions {
  readonly loader: WindowLoader;
  readonly clock: Clock;
  readonly onError: (cause: unknown) => void;
  /** The window has a result, with a snapshot that the feed may not have reached. */
  readonly onLoaded: (window: LiveWindow) => void;
}

const RETRY_MS = 500; // after a failure; doubled each time
const MAX_RETRY_MS = 30_000;
const MAX_TRIES = 5; // of a decision that is forgotten before it is used: what policies read changes without end

/** Runs the queries of windows: at first, and again when only a query can give the result. One run at a time per window. */
export class WindowRefresher {
  readonly #options: WindowRefresherOptions;
  readonly #retries = new Map<LiveWindow, () => void>();
  #isClosed = false;

  constructor(options: WindowRefresherOptions) {
    this.#options = options;
  }

  /** Resolves when the window has a result for this user that was not outdated when this was called. */
  async ready(window: LiveWindow, viewer: Viewer): Promise<void> {
    if (window.loading) await window.loading;
    else if (!window.isLoaded) await this.#begin(window); // with a retry to come, what it has is marked as stale
    if (window.plan.sharing !== "pinned" || viewer.isAllowed) return;
    await this.#decide(window, [viewer]);
    if (viewer.isAllowed && window.isVacant) await (window.loading ?? this.#begin(window));
  }

  /** The result has to be read again. */
  refresh(window: LiveWindow): void {
    window.isDirty = true;
    if (window.loading || this.#retries.has(window) || this.#isClosed) return;
    if (window.isLoaded || window.viewers.size > 0) this.#begin(window).catch(() => undefined); // the caller that opens it has the error
  }

  /** Resolves when no run is going on or due. */
  async settled(window: LiveWindow): Promise<void> {
    while (window.loading) await window.loading.catch(() => undefined);
    await window.sender.sent();
  }

  /** The window is not needed any more. */
  forget(window: LiveWindow): void {
    this.#retries.get(window)?.();
    this.#retries.delete(window);
  }

  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#retries.values()) cancel();
    this.#retries.clear();
  }

  #begin(window: LiveWindow): Promise<void> {
    window.loading = this.#run(window);
    return window.loading;
  }

  async #run(window: LiveWindow): Promise<void> {
    try {
      do {
        window.beginLoad();
        const result = await this.#load(window);
        if (result) window.finishLoad(result.images, result.snapshot);
        else window.empty();
        this.#options.onLoaded(window);
      } while (window.isDirty && window.viewers.size > 0 && !this.#isClosed);
      window.loading = undefined; // in this turn: what comes next is applied and not held
    } catch (cause) {
      window.loading = undefined;
      if (!window.isLoaded) throw cause;
      this.#retryLater(window, cause);
    }
  }

  #retryLater(window: LiveWindow, cause: unknown): void {
    const { clock, onError } = this.#options;
    window.isDirty = true;
    window.flush();
    window.setStale(true);
    if (!(cause instanceof SqlError && cause.isUnavailable)) onError(cause); // the feed reports that the database is away
    const ms = Math.min(RETRY_MS * 2 ** window.failures, MAX_RETRY_MS) * (0.5 + Math.random() / 2);
    window.failures += 1;
    this.#retries.set(
      window,
      clock.after(ms, () => {
        this.#retries.delete(window);
        this.refresh(window);
      }),
    );
  }

  /** Undefined where no user of a shared window may see it. */
  async #load(window: LiveWindow): Promise<LoadedResult | undefined> {
    const { loader } = this.#options;
    if (window.plan.sharing !== "pinned") return loader.load(window, window.identity);
    await this.#decide(window, [...window.viewers.values()]);
    for (const viewer of window.allowed()) {
      const result = await loader.load(window, viewer.identity);
      if (result) return result;
      window.allow(viewer, false);
    }
    return undefined;
  }

  /** Decides anew for users of a shared window. */
  async #decide(window: LiveWindow, viewers: readonly Viewer[]): Promise<void> {
    const { pins } = window.plan;
    const { visibility } = window;
    const isOpen = ({ identity }: Viewer) => visibility?.on(pins).get(identity) === undefined;
    for (let tries = 0; tries < MAX_TRIES && viewers.some(isOpen); tries += 1)
      await visibility?.decide(viewers.map(({ identity }) => ({ identity, image: pins }))); // again where it was forgotten meanwhile
    for (const viewer of viewers) window.allow(viewer, visibility?.on(pins).get(viewer.identity) === true);
    if (viewers.some(isOpen)) this.refresh(window);
  }
}
