import type { RowImage } from "@repo/realtime-postgres";
import type { Row } from "../query/query-node.js";
import type { Operation } from "../query/operation.js";
import { changedColumns, type KeyedRow } from "./patch.js";
import type { CompareRows } from "./row-order.js";

/** How a window keeps its rows. */
export interface WindowShape {
  /** Undefined: the rows are only ever loaded, in their order. */
  readonly compare: CompareRows | undefined;
  readonly keyOf: (image: RowImage) => string;
  /** What a client receives of a row. */
  readonly rowOf: (image: RowImage) => Row;
  /** Rows that clients receive. */
  readonly limit: number;
  /** Rows that are kept behind them, so that one that leaves is replaced without a query; 1 at least. */
  readonly ahead: number;
}

interface Entry extends KeyedRow {
  readonly image: RowImage;
}

/** The first rows of a query's result, in their order, and some behind them. */
export class WindowRows {
  readonly #shape: WindowShape;
  #entries: Entry[] = [];
  #byKey = new Map<string, Entry>();
  /** There are rows behind the last that is kept. */
  #hasMore = false;

  constructor(shape: WindowShape) {
    this.#shape = shape;
  }

  /** What clients show. */
  get visible(): readonly KeyedRow[] {
    const { limit } = this.#shape;
    return this.#entries.length > limit ? this.#entries.slice(0, limit) : this.#entries;
  }

  /** There are more rows than clients show. */
  get isTruncated(): boolean {
    return this.#entries.length > this.#shape.limit;
  }

  /** No row is kept behind the visible ones, and there may be some: only a query can show it. */
  get isShort(): boolean {
    return this.#hasMore && this.#entries.length <= this.#shape.limit;
  }

  /** Clients would see fewer rows than there are. */
  get isIncomplete(): boolean {
    return this.#hasMore && this.#entries.length < this.#shape.limit;
  }

  get size(): number {
    return this.#entries.length;
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** The result of the query: `limit + ahead + 1` rows at most, of which the last only shows that there is more. */
  load(images: readonly RowImage[]): void {
    const { keyOf, rowOf, limit, ahead } = this.#shape;
    this.#hasMore = images.length > limit + ahead;
    this.#entries = images.slice(0, limit + ahead).map((image) => ({ key: keyOf(image), row: rowOf(image), image }));
    this.#byKey = new Map(this.#entries.map((entry) => [entry.key, entry]));
  }

  clear(): void {
    this.load([]);
  }

  /** A row as it is now, or undefined where the result does not contain it; returns what changes for clients. */
  take(key: string, image: RowImage | undefined): readonly Operation[] {
    const before = Math.min(this.#entries.length, this.#shape.limit);
    const from = this.#remove(key);
    const to = image ? this.#insert(key, image) : undefined;
    return this.#operations(before, from, to);
  }

  #remove(key: string): Removed | undefined {
    const entry = this.#byKey.get(key);
    if (!entry) return undefined;
    const index = this.#placeOf(entry.image);
    this.#entries.splice(index, 1);
    this.#byKey.delete(key);
    return { index, row: entry.row };
  }

  /** Undefined where the row belongs behind the last that is kept: whether directly behind, only a query can show it. */
  #insert(key: string, image: RowImage): number | undefined {
    const { rowOf, limit, ahead } = this.#shape;
    const index = this.#placeOf(image);
    if (this.#hasMore && index >= this.#entries.length) return undefined;
    const entry: Entry = { key, row: rowOf(image), image };
    this.#entries.splice(index, 0, entry);
    this.#byKey.set(key, entry);
    if (this.#entries.length > limit + ahead) {
      const last = this.#entries.pop();
      if (last) this.#byKey.delete(last.key);
      this.#hasMore = true;
    }
    return index;
  }

  /** The index of a row, or where it belongs: the order is total. */
  #placeOf(image: RowImage): number {
    const { compare = () => 0 } = this.#shape;
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const entry = this.#entries[middle];
      if (entry && compare(entry.image, image) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** `before`: how many rows clients showed. */
  #operations(before: number, from: Removed | undefined, to: number | undefined): readonly Operation[] {
    const { limit } = this.#shape;
    const left = from && from.index < limit ? from : undefined;
    const entered = to !== undefined && to < limit ? this.#entries[to] : undefined;
    if (left && entered && to !== undefined) return moved(left, to, entered.row);
    if (left) {
      const next = this.#entries[limit - 1]; // slides in at the end
      return [["delete", left.index], ...(next ? [["insert", limit - 1, next.row] as const] : [])];
    }
    if (!entered || to === undefined) return [];
    return [...(before === limit ? [["delete", limit - 1] as const] : []), ["insert", to, entered.row]];
  }
}

interface Removed {
  readonly index: number;
  readonly row: Row;
}

function moved({ index, row }: Removed, to: number, after: Row): readonly Operation[] {
  const changed = changedColumns(row, after);
  return [
    ...(index === to ? [] : [["move", index, to] as const]),
    ...(changed ? [["update", to, changed] as const] : []),
  ];
}
