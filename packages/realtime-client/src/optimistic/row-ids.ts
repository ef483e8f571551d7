/** Which id the server gave to a row that began under a temporary one, or why it gave none. */
export class RowIds {
  readonly #granted = new Map<string, string>();
  readonly #temporary = new Map<string, string>();
  readonly #lost = new Map<string, unknown>();

  /** The id by which the row goes now. */
  of(id: string): string {
    return this.#granted.get(id) ?? id;
  }

  /** The id by which it went first: one lane for both. */
  firstOf(id: string): string {
    return this.#temporary.get(id) ?? id;
  }

  grant(temporary: string, id: string): void {
    this.#granted.set(temporary, id);
    this.#temporary.set(id, temporary);
  }

  /** The row will never exist: its pending changes fail for the same reason. */
  lose(temporary: string, reason: unknown): void {
    this.#lost.set(temporary, reason);
  }

  /** Throws the reason where the row will never exist. */
  require(id: string): string {
    if (this.#lost.has(id)) throw this.#lost.get(id);
    return this.of(id);
  }
}
