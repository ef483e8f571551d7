import { RowVersions, type CollectionChange } from "@repo/realtime-client/optimistic";
import type { SyncConfig } from "@tanstack/db";

/** TanStack DB's side of a sync. */
export type Sync<Row extends object> = Parameters<SyncConfig<Row, string>["sync"]>[0];

/** How rows are read. */
export interface RowReading<Row> {
  /** The row's key, which never changes. */
  readonly getKey: (row: Row) => string;
  /** Counts up with each change of the row; what is older than what is known changes nothing. */
  readonly version?: ((row: Row) => number) | undefined;
}

/** The rows as the server sent them, written into a TanStack DB collection. */
export class SyncedRows<Row extends object> {
  readonly #sync: Sync<Row>;
  readonly #reading: RowReading<Row>;
  readonly #keys = new Set<string>();
  readonly versions = new RowVersions();
  #meanwhile: CollectionChange<Row>[] | undefined; // what came while a copy was under way

  constructor(sync: Sync<Row>, reading: RowReading<Row>) {
    this.#sync = sync;
    this.#reading = reading;
  }

  take(change: CollectionChange<Row>): void {
    this.#meanwhile?.push(change);
    this.#sync.begin();
    this.#write(change);
    this.#sync.commit();
  }

  /** Takes a copy of everything; what arrives while it is fetched is applied after it. False where another copy was requested since. */
  async copy(fetch: () => Promise<Iterable<Row>>): Promise<boolean> {
    const meanwhile: CollectionChange<Row>[] = [];
    this.#meanwhile = meanwhile;
    const isOver = () => this.#meanwhile !== meanwhile;
    const rows = await fetch().catch((cause: unknown) => {
      if (!isOver()) throw cause;
    });
    if (!rows || isOver()) return false;
    this.#meanwhile = undefined;
    this.#sync.begin();
    this.#sync.truncate();
    this.#keys.clear();
    this.versions.clear();
    for (const row of rows) this.#write({ kind: "put", row });
    for (const change of meanwhile) this.#write(change);
    this.#sync.commit();
    return true;
  }

  #write(change: CollectionChange<Row>): void {
    const id = change.kind === "put" ? this.#reading.getKey(change.row) : change.id;
    const isNew =
      change.kind === "put"
        ? this.versions.put(id, this.#reading.version?.(change.row))
        : this.versions.remove(id, change.version);
    if (!isNew) return;
    const isKnown = this.#keys.has(id);
    if (change.kind === "put") {
      this.#keys.add(id);
      this.#sync.write({ type: isKnown ? "update" : "insert", value: change.row });
    } else if (isKnown) {
      this.#keys.delete(id);
      this.#sync.write({ type: "delete", key: id });
    }
  }
}
