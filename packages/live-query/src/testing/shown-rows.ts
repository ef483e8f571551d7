import type { Operation, Patch } from "../query/operation.js";
import type { Row } from "../query/query-node.js";

/** What a client shows of a query, by the protocol alone. */
export class ShownRows {
  rows: readonly Row[] = [];
  /** Every state that it has shown. */
  readonly states: (readonly Row[])[] = [];
  readonly events: string[] = [];
  isStale = false;
  isTruncated = false;
  /** Patches that came before the reply. */
  readonly #early: Patch[] = [];
  #hasBegun = false;

  begin(opening: { readonly rows?: readonly Row[]; readonly patch?: Patch; readonly isTruncated?: boolean }): void {
    this.rows = opening.rows ?? patched(this.rows, opening.patch ?? []);
    this.isTruncated = opening.isTruncated === true;
    this.#hasBegun = true;
    this.states.push(this.rows);
    for (const patch of this.#early) this.#take(patch);
  }

  receive(event: string, payload: unknown): void {
    this.events.push(event);
    if (event === "patch") {
      const { patch } = payload as { readonly patch: Patch };
      if (this.#hasBegun) this.#take(patch);
      else this.#early.push(patch);
    }
    if (event === "stale") this.isStale = (payload as { readonly isStale: boolean }).isStale;
    if (event === "truncated") this.isTruncated = (payload as { readonly isTruncated: boolean }).isTruncated;
  }

  /** One column of each row. */
  column(name: string): readonly unknown[] {
    return this.rows.map((row) => row[name]);
  }

  #take(patch: Patch): void {
    this.rows = patched(this.rows, patch);
    this.states.push(this.rows);
  }
}

/** What a client does with a patch; throws where it does not fit the list. */
export function patched(rows: readonly Row[], patch: readonly Operation[]): readonly Row[] {
  const list = [...rows];
  for (const [kind, ...rest] of patch) {
    const [index = 0, second] = rest as [number?, unknown?];
    if (kind !== "clear" && (index < 0 || index >= list.length + Number(kind === "insert")))
      throw new RangeError(`${kind} at ${index} of ${list.length}`);
    if (kind === "clear") list.length = 0;
    if (kind === "delete") list.splice(index, 1);
    if (kind === "insert") list.splice(index, 0, second as Row);
    if (kind === "update") list[index] = { ...list[index], ...(second as Row) };
    if (kind === "move") list.splice(second as number, 0, ...list.splice(index, 1));
  }
  return list;
}
