import type { EntityRow } from "./entity-repository.js";

const MAX_KNOWN = 100_000; // numbers, a few megabytes; what is forgotten is refused as outdated, never let through

/** Versions: the one that a record carries, or one that is assigned here and holds for this process. */
export class EntityVersions {
  readonly #known = new Map<string, number>(); // of assigned ones, as they were published
  readonly #now: () => number;
  #last = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Of a record just written. */
  of(row: EntityRow): number {
    return carried(row) ?? this.#assign();
  }

  /** Of a deletion: above all that the record ever had. */
  ofRemoved(row: EntityRow): number {
    const version = carried(row);
    return version === undefined ? this.#assign() : version + 1;
  }

  /** Whether it is still the version that a write was based on; false where that is unknown. */
  isCurrent(row: EntityRow, baseVersion: number): boolean {
    return (carried(row) ?? this.#known.get(row.id)) === baseVersion;
  }

  /** A write has been committed. */
  commit(id: string, version: number): void {
    this.#known.delete(id);
    this.#known.set(id, version);
    if (this.#known.size > MAX_KNOWN) for (const oldest of this.#known.keys()) return void this.#known.delete(oldest);
  }

  /** Rises from one start of the process to the next, or clients would take new records as old. */
  #assign(): number {
    this.#last = Math.max(this.#last + 1, this.#now());
    return this.#last;
  }
}

function carried(row: EntityRow): number | undefined {
  return "version" in row && typeof row.version === "number" ? row.version : undefined;
}
