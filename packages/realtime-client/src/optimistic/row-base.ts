import type { CollectionChange, RowReading } from "./collection-change.js";
import { RowVersions } from "./row-versions.js";

/** Rows by their key. */
export type Rows<Row> = ReadonlyMap<string, Row>;

/** The rows as the server has sent them. A row of an older version changes nothing. */
export class RowBase<Row> {
  readonly #reading: RowReading<Row>;
  readonly versions = new RowVersions();
  #rows: Rows<Row> = new Map();

  constructor(reading: RowReading<Row>) {
    this.#reading = reading;
  }

  get rows(): Rows<Row> {
    return this.#rows;
  }

  /** A copy of everything; it replaces all rows. */
  load(copy: Iterable<Row>): void {
    this.versions.clear();
    const rows = new Map<string, Row>();
    for (const row of copy) {
      const id = this.#reading.key(row);
      rows.set(id, row);
      this.versions.put(id, this.#reading.version?.(row));
    }
    this.#rows = rows;
  }

  take(change: CollectionChange<Row>): void {
    const { key, version } = this.#reading;
    const isPut = change.kind === "put";
    const id = isPut ? key(change.row) : change.id;
    const isNew = isPut ? this.versions.put(id, version?.(change.row)) : this.versions.remove(id, change.version);
    if (!isNew) return;
    const rows = new Map(this.#rows);
    if (isPut) rows.set(id, change.row);
    else rows.delete(id);
    this.#rows = rows;
  }
}
