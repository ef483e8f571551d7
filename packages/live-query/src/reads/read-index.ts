import { decimalText } from "./decimal-text.js";
import type { ReadSet, TableRead } from "./read-set.js";
import type { RowChange, RowImage } from "@repo/realtime-postgres";

/**
 * The readers of what a change touches. The cost of a change depends on the readers that it affects and on the number of columns by which
 * its table is read, not on the number of readers.
 */
export class ReadIndex<Reader> {
  readonly #tables = new Map<string, TableReaders<Reader>>();
  readonly #reads = new Map<Reader, ReadSet>();

  /** The number of readers. */
  get size(): number {
    return this.#reads.size;
  }

  /** The oids of the tables that have a reader. */
  get tables(): Iterable<string> {
    return this.#tables.keys();
  }

  /** Replaces what this reader has read before. */
  add(reader: Reader, reads: ReadSet): void {
    this.remove(reader);
    this.#reads.set(reader, reads);
    for (const read of reads) {
      const table = this.#tables.get(read.table) ?? new TableReaders<Reader>();
      this.#tables.set(read.table, table);
      table.add(reader, read);
    }
  }

  /** Forgets all that this reader has read. */
  remove(reader: Reader): void {
    for (const read of this.#reads.get(reader) ?? []) {
      const table = this.#tables.get(read.table);
      table?.remove(reader, read);
      if (table?.isEmpty) this.#tables.delete(read.table);
    }
    this.#reads.delete(reader);
  }

  /** Each reader once. */
  readersOf(change: RowChange): ReadonlySet<Reader> {
    const found = new Set<Reader>();
    this.#tables.get(change.table)?.collect(change, found);
    return found;
  }

  /** All readers, for when changes were lost. */
  readers(): Iterable<Reader> {
    return this.#reads.keys();
  }
}

/** The readers of one table: of all of it, and by column and value. */
class TableReaders<Reader> {
  readonly #whole = new Set<Reader>();
  readonly #columns = new Map<string, Map<string, Set<Reader>>>();

  get isEmpty(): boolean {
    return this.#whole.size === 0 && this.#columns.size === 0;
  }

  add(reader: Reader, { equals }: TableRead): void {
    if (!equals) return void this.#whole.add(reader);
    const values = this.#columns.get(equals.column) ?? new Map<string, Set<Reader>>();
    this.#columns.set(equals.column, values);
    const key = keyOf(equals.value);
    const readers = values.get(key) ?? new Set();
    values.set(key, readers.add(reader));
  }

  remove(reader: Reader, { equals }: TableRead): void {
    if (!equals) return void this.#whole.delete(reader);
    const values = this.#columns.get(equals.column);
    const key = keyOf(equals.value);
    const readers = values?.get(key);
    readers?.delete(reader);
    if (readers?.size === 0) values?.delete(key);
    if (values?.size === 0) this.#columns.delete(equals.column);
  }

  collect({ kind, before, after }: RowChange, found: Set<Reader>): void {
    for (const reader of this.#whole) found.add(reader);
    for (const [column, values] of this.#columns) {
      const images = [before, after].filter((image) => image !== undefined);
      const isUnknown = kind === "unknown" || images.length === 0 || images.some((image) => !(column in image));
      const readers = isUnknown ? values.values() : images.map((image) => values.get(keyIn(image, column)));
      for (const each of readers) for (const reader of each ?? []) found.add(reader);
    }
  }
}

function keyIn(image: RowImage, column: string): string {
  return keyOf(image[column]);
}

/** The same for equal values. Also for texts that differ and are one decimal number: a reader of such a text is found a little too often. */
function keyOf(value: unknown): string {
  return JSON.stringify(typeof value === "string" ? (decimalText(value) ?? value) : value);
}
