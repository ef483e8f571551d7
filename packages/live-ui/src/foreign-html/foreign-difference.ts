import type { Operation } from "../difference/operation.js";
import { canBeSet, changedAttributes, onlyText, sameAttributes, uniqueIds } from "./foreign-element.js";
import { foreignHtml } from "./foreign-html-text.js";
import { isOpaque, type ForeignElement, type ForeignNode } from "./foreign-tree.js";
import { rowChanges, rowsOf } from "./keyed-rows.js";

/** What a comparison may send beside whole elements. */
export interface ForeignPrecision {
  /** Operations for the text alone, and for the attributes alone, of an element. */
  readonly parts: boolean;
  /** Whether `data-key` names a row, too. */
  readonly dataKeys: boolean;
}

/** An operation whose HTML is written when it is certain that it is sent. */
type Change =
  | Exclude<Operation, { readonly content: unknown }>
  | {
      readonly kind: "morph" | "content" | "replace" | "append" | "prepend" | "before";
      readonly target: string;
      readonly nodes: readonly ForeignNode[];
    };

/** The operations that make one tree of another, both of which are the content of the element with the id `root`. */
export function foreignDifference(
  trees: readonly [ForeignElement, ForeignElement],
  root: string,
  precision: ForeignPrecision,
): readonly Operation[] {
  const [before, after] = trees;
  const comparison = new Comparison(uniqueIds(before, root), uniqueIds(after, root), precision);
  const changes = comparison.ofContent(before, after, root)
    ? comparison.changes
    : [{ kind: "content", target: root, nodes: after.children } as const];
  const operations = changes.map((change): Operation => {
    if (!("nodes" in change)) return change;
    return { kind: change.kind, target: change.target, content: foreignHtml(change.nodes) };
  });
  // an element that moved to another parent leaves before it arrives
  return [...operations.filter(({ kind }) => kind === "delete"), ...operations.filter(({ kind }) => kind !== "delete")];
}

class Comparison {
  readonly changes: Change[] = [];
  readonly #before: ReadonlySet<string>;
  readonly #after: ReadonlySet<string>;
  readonly #precision: ForeignPrecision;

  constructor(before: ReadonlySet<string>, after: ReadonlySet<string>, precision: ForeignPrecision) {
    this.#before = before;
    this.#after = after;
    this.#precision = precision;
  }

  /** Adds what changes one element to the other. False: nothing was added, and an element around must be sent. */
  #ofElement(before: ForeignElement, after: ForeignElement): boolean {
    if (before.signature === after.signature) return true;
    const id = this.#id(before);
    if (id === undefined || id !== this.#id(after)) {
      return (
        id === this.#id(after) &&
        before.name === after.name &&
        !isOpaque(after) &&
        sameAttributes(before, after) &&
        this.ofContent(before, after, undefined)
      );
    }
    if (before.name !== after.name || after.name === "script")
      return this.#add({ kind: "replace", target: id, nodes: [after] });
    const same = sameAttributes(before, after);
    const { parts } = this.#precision;
    if (isOpaque(after) || (!same && !(parts && canBeSet(before, after))))
      return this.#add({ kind: "morph", target: id, nodes: [after] });
    if (!this.ofContent(before, after, id)) {
      return this.#add(
        same ? { kind: "content", target: id, nodes: after.children } : { kind: "morph", target: id, nodes: [after] },
      );
    }
    return same || this.#add({ kind: "attributes", target: id, set: changedAttributes(before, after) });
  }

  /** The same for what is in two elements; `id` is that of the elements, where they have one. */
  ofContent(before: ForeignElement, after: ForeignElement, id: string | undefined): boolean {
    const text = this.#precision.parts && id !== undefined ? onlyText(after) : undefined;
    if (id !== undefined && text !== undefined && onlyText(before) !== undefined) {
      return onlyText(before) === text || this.#add({ kind: "text", target: id, text });
    }
    const start = this.changes.length;
    const isDone = this.#ofRows(before, after, id) ?? this.#inOrder(before, after);
    if (!isDone) this.changes.length = start; // the element around is sent, and with it all this
    return isDone;
  }

  /** Undefined: the children are not rows with keys. */
  #ofRows(before: ForeignElement, after: ForeignElement, id: string | undefined): boolean | undefined {
    const { dataKeys } = this.#precision;
    const [old, rows] = [
      rowsOf(before, (row) => this.#key(row, dataKeys)),
      rowsOf(after, (row) => this.#key(row, dataKeys)),
    ];
    if (!old || !rows) return undefined;
    if (old.size + rows.size === 0) return undefined;
    const changes = rowChanges(old, rows, { parent: id, idOf: (row) => this.#oldId(row) });
    if (!changes) return false;
    this.changes.push(...changes); // first: a row may be replaced, and is another element then
    for (const [key, row] of rows) {
      const kept = old.get(key);
      if (kept && !this.#ofElement(kept.element, row.element)) return false;
    }
    return true;
  }

  #inOrder(before: ForeignElement, after: ForeignElement): boolean {
    if (before.children.length !== after.children.length) return false;
    return before.children.every((child, index) => {
      const other = after.children[index];
      if (child.signature === other?.signature) return true;
      return child.kind === "element" && other?.kind === "element" && this.#ofElement(child, other);
    });
  }

  /** The id of an element that stands once in both trees, or in its own: another one is found first by a browser. */
  #id(element: ForeignElement): string | undefined {
    const id = element.attributes.get("id");
    return id !== undefined && this.#before.has(id) && this.#after.has(id) ? id : undefined;
  }

  #oldId(element: ForeignElement): string | undefined {
    const id = element.attributes.get("id");
    return id !== undefined && this.#before.has(id) ? id : undefined;
  }

  #key(element: ForeignElement, dataKeys: boolean): string | undefined {
    const id = element.attributes.get("id");
    if (id !== undefined) return `#${id}`;
    const key = dataKeys ? element.attributes.get("data-key") : undefined;
    return key === undefined ? undefined : `=${key}`;
  }

  #add(change: Change): true {
    this.changes.push(change);
    return true;
  }
}
