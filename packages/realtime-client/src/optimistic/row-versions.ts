import type { CollectionChange } from "./collection-change.js";

/** The versions of rows: decides which message is outdated. */
export class RowVersions {
  readonly #versions = new Map<string, number>();
  /** The last removal of each row: another object for each. */
  readonly removals = new Map<string, object>();
  readonly #removed = new Set<string>(); // a late message must not bring them back; one of a later version does

  /** The version of a row, where one is known. */
  of(id: string): number | undefined {
    return this.#versions.get(id);
  }

  /** A copy of everything comes: nothing before it counts. */
  clear(): void {
    this.#versions.clear();
    this.#removed.clear();
  }

  /** A row is put; false where the version is old. */
  put(id: string, version: number | undefined): boolean {
    const known = this.of(id) ?? Number.NEGATIVE_INFINITY;
    if (version !== undefined && (version < known || (version === known && this.#removed.has(id)))) return false;
    this.#removed.delete(id);
    if (version !== undefined) this.#versions.set(id, version);
    return true;
  }

  /** A row is removed, at this version where it is known; false where the version is old. */
  remove(id: string, version: number | undefined): boolean {
    const known = this.of(id);
    if (version !== undefined && version < (known ?? Number.NEGATIVE_INFINITY)) return false;
    this.#removed.add(id);
    this.removals.set(id, []);
    const at = version ?? known;
    if (at !== undefined) this.#versions.set(id, at);
    return true;
  }

  /**
   * The removal that the server has accepted with this reply to a delete: at the version in the reply, else the one after the known one.
   * Undefined where `last`, the last removal before the delete, is not the last one any more: what is there now was restored.
   */
  removalBy<Row>(reply: unknown, id: string, last: object | undefined): CollectionChange<Row> | undefined {
    const { version } = Object(reply) as { readonly version?: unknown }; // a reply of any type
    if (typeof version === "number") return { kind: "remove", id, version };
    if (this.removals.get(id) !== last) return undefined;
    const known = this.of(id);
    return { kind: "remove", id, version: known === undefined || this.#removed.has(id) ? known : known + 1 };
  }
}
