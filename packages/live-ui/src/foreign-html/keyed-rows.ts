import { longestIncreasing } from "../difference/longest-increasing.js";
import type { Operation } from "../difference/operation.js";
import type { ForeignElement, ForeignNode } from "./foreign-tree.js";

/** A child with a key, and the white space before and behind it. */
export interface Row {
  readonly element: ForeignElement;
  readonly index: number;
  readonly before: readonly ForeignNode[];
  readonly behind: readonly ForeignNode[];
}

export type Rows = ReadonlyMap<string, Row>;

export type RowChange =
  | Extract<Operation, { readonly kind: "move" | "delete" }>
  | { readonly kind: "append" | "before"; readonly target: string; readonly nodes: readonly ForeignNode[] };

/** The rows of an element by their keys; undefined where a child has none, or one that another has. */
export function rowsOf(parent: ForeignElement, keyOf: (child: ForeignElement) => string | undefined): Rows | undefined {
  if (parent.name === "pre") return undefined; // its white space shows
  const rows = new Map<string, Row>();
  for (const [index, child] of parent.children.entries()) {
    if (isSpace(child)) continue;
    const key = child.kind === "element" ? keyOf(child) : undefined;
    if (child.kind !== "element" || key === undefined || rows.has(key)) return undefined;
    const [before, behind] = [parent.children[index - 1], parent.children[index + 1]];
    rows.set(key, { element: child, index: rows.size, before: spaces(before), behind: spaces(behind) });
  }
  return rows;
}

interface RowTargets {
  /** The id of the element around the rows. */
  readonly parent: string | undefined;
  /** The id by which a row of the old page is found. */
  readonly idOf: (row: ForeignElement) => string | undefined;
}

/**
 * What deletes, moves and inserts rows. Every target stands in the old page already. White space between rows is sent
 * with new ones, and stays where one goes. Undefined: a row or the element around has no id, or no row is left.
 */
export function rowChanges(old: Rows, rows: Rows, { parent, idOf }: RowTargets): readonly RowChange[] | undefined {
  const kept = [...rows.keys()].filter((key) => old.has(key));
  if (old.size > 0 && kept.length === 0) return undefined;
  const changes: RowChange[] = [];
  for (const [key, { element }] of old) {
    if (rows.has(key)) continue;
    const target = idOf(element);
    if (target === undefined) return undefined;
    changes.push({ kind: "delete", target });
  }
  const idOfKey = (key: string | undefined) => idOf((old.get(key ?? "") as Row).element); // only kept ones are looked up
  const staying = longestIncreasing(kept.map((key) => old.get(key)?.index ?? 0));
  for (let place = kept.length - 1; place >= 0; place -= 1) {
    if (staying.has(place)) continue;
    const [target, before] = [idOfKey(kept[place]), place + 1 < kept.length ? idOfKey(kept[place + 1]) : null];
    if (target === undefined || before === undefined) return undefined;
    changes.push({ kind: "move", target, before });
  }
  const inserted = insertions(old, rows);
  for (const { rows: group, next } of inserted) {
    const target = next === undefined ? parent : idOfKey(next);
    if (target === undefined) return undefined;
    changes.push({
      kind: next === undefined ? "append" : "before",
      target,
      nodes: group.flatMap(({ element, before, behind }) =>
        next === undefined ? [...before, element] : [element, ...behind],
      ),
    });
  }
  return changes;
}

interface Insertion {
  readonly rows: readonly Row[];
  /** The key of the row behind; undefined at the end. */
  readonly next: string | undefined;
}

function insertions(old: Rows, rows: Rows): readonly Insertion[] {
  const found: Insertion[] = [];
  let group: Row[] = [];
  for (const [key, row] of rows) {
    if (!old.has(key)) group.push(row);
    else {
      if (group.length > 0) found.push({ rows: group, next: key });
      group = [];
    }
  }
  if (group.length > 0) found.push({ rows: group, next: undefined });
  return found;
}

function isSpace(node: ForeignNode | undefined): boolean {
  return node?.kind === "text" && /^[ \t\n\f]*$/.test(node.text);
}

function spaces(node: ForeignNode | undefined): readonly ForeignNode[] {
  return node && isSpace(node) ? [node] : [];
}
