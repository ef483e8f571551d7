import type { RowChange, RowImage } from "@repo/realtime-postgres";
import type { LiveWindow } from "./live-window.js";

/** The windows of one table, found by the values of a changed row: those that it cannot concern are not visited. */
export class WindowIndex {
  /** By column, then by value. */
  readonly #byValue = new Map<string, Map<unknown, Set<LiveWindow>>>();
  /** Windows without an equality. */
  readonly #others = new Set<LiveWindow>();
  readonly #all = new Set<LiveWindow>();

  add(window: LiveWindow): void {
    this.#all.add(window);
    const { incremental } = window.plan;
    if (!incremental) return; // found by what its query reads
    if (!incremental.equality) return void this.#others.add(window);
    const { column, values } = incremental.equality;
    const byValue = this.#byValue.get(column) ?? new Map<unknown, Set<LiveWindow>>();
    this.#byValue.set(column, byValue);
    for (const value of values) {
      const known = byValue.get(value);
      if (known) known.add(window);
      else byValue.set(value, new Set([window]));
    }
  }

  delete(window: LiveWindow): void {
    this.#all.delete(window);
    this.#others.delete(window);
    const equality = window.plan.incremental?.equality;
    const byValue = equality && this.#byValue.get(equality.column);
    if (!byValue) return;
    for (const value of equality.values) {
      const windows = byValue.get(value);
      windows?.delete(window);
      if (windows?.size === 0) byValue.delete(value);
    }
    if (byValue.size === 0) this.#byValue.delete(equality.column);
  }

  all(): Iterable<LiveWindow> {
    return this.#all;
  }

  get size(): number {
    return this.#all.size;
  }

  /** The windows that the row was in, is in, or may be in; each once. */
  *candidates({ before, after }: RowChange): Iterable<LiveWindow> {
    for (const [column, byValue] of this.#byValue) {
      const now = windowsOf(byValue, column, after);
      const old = windowsOf(byValue, column, before);
      if (now) yield* now;
      if (old && old !== now) for (const window of old) if (!now?.has(window)) yield window;
    }
    yield* this.#others;
  }
}

function windowsOf(
  byValue: ReadonlyMap<unknown, Set<LiveWindow>>,
  column: string,
  image: RowImage | undefined,
): Set<LiveWindow> | undefined {
  return image && byValue.get(image[column]);
}
