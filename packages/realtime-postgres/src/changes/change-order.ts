import type { RowChange } from "./row-change.js";

/** A change as it was recorded. */
export interface RecordedChange {
  readonly change: RowChange;
  readonly seq: bigint;
  /** How deep in triggers its statement ran; 1: not in a trigger. */
  readonly depth: number;
}

/**
 * The changes in an order that is right for each row: transaction by transaction, by the last number of each. Two that changed the same
 * row are in the order of their commits: the second waited for the first one's row lock, and all its numbers from then on are higher.
 */
export function inOrder(recorded: readonly RecordedChange[]): readonly RowChange[] {
  const transactions = new Map<bigint, RecordedChange[]>();
  for (const one of recorded.toSorted(bySeq)) {
    const { xid } = one.change;
    const transaction = transactions.get(xid) ?? [];
    transaction.push(one);
    transactions.delete(xid); // to the end: the map's order is that of the last numbers
    transactions.set(xid, transaction);
  }
  return [...transactions.values()].flatMap(withoutGuesses);
}

function bySeq(one: RecordedChange, other: RecordedChange): number {
  return one.seq < other.seq ? -1 : 1;
}

/**
 * A trigger that changes the table of its own statement is recorded before that statement, though it ran later. Which of both came first
 * is not known then: what the transaction did to the table is unknown.
 */
function withoutGuesses(transaction: readonly RecordedChange[]): readonly RowChange[] {
  const changes = transaction.map(({ change }) => change);
  if (transaction.every(({ depth }) => depth === 1)) return changes;
  const deepest = new Map<string, number>();
  const isUnclear = new Set<string>();
  for (const { change, depth } of transaction) {
    const before = deepest.get(change.table) ?? 0;
    if (depth < before) isUnclear.add(change.table);
    deepest.set(change.table, Math.max(depth, before));
  }
  const isReported = new Set<string>();
  return changes.flatMap((change): readonly RowChange[] => {
    const { table, xid } = change;
    if (!isUnclear.has(table)) return [change];
    if (isReported.has(table)) return [];
    isReported.add(table);
    return [{ xid, table, kind: "unknown", before: undefined, after: undefined }];
  });
}
