import type { CollectionChange, RowReading } from "./collection-change.js";

/** Rows by their key. */
export type Rows<Row> = ReadonlyMap<string, Row>;

/** What the server has said of rows. What is older than what is known, by its version, changes nothing. */
export class RowBase<Row> {
  readonly #reading: RowReading<Row>;
  readonly #versions = new Map<string, number>(); // of removed rows too: a late word must not bring them back
  #rows: Rows<Row> = new Map();

  constructor(reading: RowReading<Row>) {
    this.#reading = reading;
  }

  get rows(): Rows<Row> {
    return this.#rows;
  }

  versionOf(id: string): number | undefined {
    return this.#versions.get(id);
  }

  /** A copy of everything, which is the truth. */
  load(copy: Iterable<Row>): void {
    this.#versions.clear();
    const rows = new Map<string, Row>();
    for (const row of copy) {
      const id = this.#reading.key(row);
      rows.set(id, row);
      this.#see(id, this.#reading.version?.(row));
    }
    this.#rows = rows;
  }

  take(change: CollectionChange<Row>): void {
    const { key, version } = this.#reading;
    const isPut = change.kind === "put";
    const id = isPut ? key(change.row) : change.id;
    if (!this.#see(id, isPut ? version?.(change.row) : change.version)) return;
    const rows = new Map(this.#rows);
    if (isPut) rows.set(id, change.row);
    else rows.delete(id);
    this.#rows = rows;
  }

  /** False where the version is old. */
  #see(id: string, version: number | undefined): boolean {
    if (version === undefined) return true;
    if (version < (this.#versions.get(id) ?? Number.NEGATIVE_INFINITY)) return false;
    this.#versions.set(id, version);
    return true;
  }
}
