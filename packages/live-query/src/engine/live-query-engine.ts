import type { Clock } from "@repo/core-realtime";
import type { ChangeBatch, ChangeConsumer, RowChange, SqlClient } from "@repo/realtime-postgres";
import { ReadIndex } from "../reads/read-index.js";
import { ChangeMatcher } from "./change-matcher.js";
import type { LiveWindow } from "./live-window.js";
import type { TableState } from "./table-state.js";
import type { UserTurns } from "./user-turns.js";
import type { Viewer } from "./viewer.js";
import { WindowLoader } from "./window-loader.js";
import { WindowRefresher } from "./window-refresher.js";

export interface LiveQueryEngineOptions {
  readonly client: SqlClient;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly turns: UserTurns;
  readonly onError: (cause: unknown) => void;
}

/** The windows of this node, kept up to date from the change feed. */
export class LiveQueryEngine implements ChangeConsumer {
  readonly #tables = new Map<string, TableState>();
  /** Windows whose query is run again when what it reads changes. */
  readonly #readers = new ReadIndex<LiveWindow>();
  readonly #windows = new Map<string, LiveWindow>();
  readonly #matcher: ChangeMatcher;
  readonly #refresher: WindowRefresher;
  /** Windows with a result that the feed may not have reached. */
  readonly #young = new Set<LiveWindow>();
  readonly #onError: (cause: unknown) => void;
  #isStale = false;

  constructor(options: LiveQueryEngineOptions) {
    this.#matcher = new ChangeMatcher(this.#tables);
    this.#onError = options.onError;
    this.#refresher = new WindowRefresher({
      ...options,
      loader: new WindowLoader(options),
      onLoaded: (window) => {
        if (this.#windows.get(window.key) === window) this.#young.add(window);
      },
    });
  }

  /** The windows that are open. */
  get size(): number {
    return this.#windows.size;
  }

  /** Replaces the tables. The windows of the earlier ones are not kept up to date any more: their users open their queries anew. */
  setTables(states: Iterable<TableState>): void {
    for (const window of [...this.#windows.values()]) this.#forget(window);
    this.#tables.clear();
    for (const state of states) this.#tables.set(state.description.oid, state);
  }

  /** The window of this key, with `make` where there is none yet. */
  window(key: string, make: () => LiveWindow): LiveWindow {
    const known = this.#windows.get(key);
    if (known) return known;
    const window = make();
    this.#windows.set(key, window);
    window.plan.state?.windows.add(window);
    if (!window.plan.incremental) this.#readers.add(window, window.plan.reads);
    if (this.#isStale) window.setStale(true);
    return window;
  }

  /** Resolves when the window has a result; rejects where its query fails. */
  ready(window: LiveWindow, viewer: Viewer): Promise<void> {
    return this.#refresher.ready(window, viewer);
  }

  /** A subscriber has left, or an open has ended. */
  release(window: LiveWindow, viewer: Viewer): void {
    if (viewer.openers > 0 || viewer.subscribers.size > 0) return;
    window.viewers.delete(viewer.identity);
    if (window.viewers.size === 0) this.#forget(window);
  }

  /** Runs every query again: policies or privileges may have changed. */
  refreshAll(): void {
    for (const window of this.#windows.values()) this.#refresher.refresh(window);
  }

  /** Resolves when the window shows what the feed has brought. */
  settled(window: LiveWindow): Promise<void> {
    return this.#refresher.settled(window);
  }

  async onChanges({ changes, snapshot }: ChangeBatch): Promise<void> {
    this.#invalidate(changes); // also without windows: decisions are remembered longer
    const touched = await this.#take(changes);
    for (const window of touched) {
      if (window.isShort) this.#refresher.refresh(window);
      if (!window.isIncomplete) window.flush(); // otherwise with the rows that the query brings
    }
    for (const window of this.#young) if (window.pass(snapshot)) this.#young.delete(window);
    await Promise.all([...touched].map((window) => window.sender.sent()));
  }

  onLost(): void {
    for (const state of this.#tables.values()) for (const each of state.visibilities()) each.forget();
    this.refreshAll();
  }

  onStale(isStale: boolean): void {
    this.#isStale = isStale;
    for (const window of this.#windows.values()) if (isStale || window.failures === 0) window.setStale(isStale);
  }

  close(): void {
    this.#refresher.close();
  }

  /** Where row-level security could not decide, the queries decide. */
  async #take(changes: readonly RowChange[]): Promise<ReadonlySet<LiveWindow>> {
    try {
      const { touched, undecided } = await this.#matcher.take(changes);
      for (const window of undecided) this.#refresher.refresh(window);
      return touched;
    } catch (cause) {
      this.#onError(cause);
      for (const { table } of changes)
        for (const window of this.#tables.get(table)?.windows.all() ?? []) this.#refresher.refresh(window);
      return new Set();
    }
  }

  /** What has to be read anew: results whose policies depend on a changed row, and those of queries that are always run again. */
  #invalidate(changes: readonly RowChange[]): void {
    const dirty = new Set<LiveWindow>();
    for (const change of changes) {
      for (const window of this.#readers.readersOf(change)) if (!window.contains(change)) dirty.add(window);
      if (change.kind === "unknown")
        for (const window of this.#tables.get(change.table)?.windows.all() ?? []) dirty.add(window);
      for (const window of this.#matcher.dependents(change)) dirty.add(window);
    }
    for (const window of dirty) this.#refresher.refresh(window);
  }

  #forget(window: LiveWindow): void {
    if (this.#windows.get(window.key) !== window) return;
    this.#windows.delete(window.key);
    window.plan.state?.windows.delete(window);
    this.#readers.remove(window);
    this.#young.delete(window);
    this.#refresher.forget(window);
    if (window.plan.state?.windows.size === 0)
      for (const visibility of window.plan.state.visibilities()) visibility.forget(); // with the users that it decided about
  }
}
