/** The versions of rows: decides which message is outdated. */
export class RowVersions {
  readonly #versions = new Map<string, number>();
  readonly #removed = new Set<string>(); // a late message must not bring them back; one of a later version does

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
    const at = version ?? known;
    if (at !== undefined) this.#versions.set(id, at);
    return true;
  }

  /** The version of a removal that the server has accepted: the one in its reply, else the one after the known one. */
  ofRemoval(id: string, reply: unknown): number | undefined {
    const known = this.of(id);
    if (typeof reply === "object" && reply !== null && "version" in reply && typeof reply.version === "number")
      return reply.version;
    return known === undefined || this.#removed.has(id) ? known : known + 1;
  }
}
