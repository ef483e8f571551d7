import type { Row } from "../query/query-node.js";
import type { Operation, Patch } from "../query/operation.js";

/** A row, and what identifies it in its list. */
export interface KeyedRow {
  readonly key: string;
  readonly row: Row;
}

/** The columns in which a row has changed; undefined where none. Values are JSON. */
export function changedColumns(before: Row, after: Row): Row | undefined {
  if (before === after) return undefined;
  const changed: Record<string, unknown> = {};
  let isChanged = false;
  for (const [name, value] of Object.entries(after)) {
    if (isEqual(before[name], value)) continue;
    changed[name] = value;
    isChanged = true;
  }
  return isChanged ? changed : undefined;
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object") return false;
  return JSON.stringify(a) === JSON.stringify(b); // jsonb has one order of its keys
}

/** The steps from one list to another. As many rows as possible keep their place; the others are deleted and inserted. */
export function patchBetween(before: readonly KeyedRow[], after: readonly KeyedRow[]): Patch {
  const kept = keptPairs(
    before.map(({ key }) => key),
    after.map(({ key }) => key),
  );
  const staying = new Map(kept.map(([from, to]) => [to, before[from]]));
  return [
    ...deletions(before.length, new Set(kept.map(([from]) => from))),
    ...after.flatMap(({ row }, index): Operation[] => {
      const old = staying.get(index);
      if (!old) return [["insert", index, row]];
      const changed = changedColumns(old.row, row);
      return changed ? [["update", index, changed]] : [];
    }),
  ];
}

/** The same, where of the earlier list only the digests of its rows are known. */
export function patchFromDigests(
  have: readonly string[],
  after: readonly KeyedRow[],
  digests: readonly string[],
): Patch {
  const kept = keptPairs(have, digests);
  const staying = new Set(kept.map(([, to]) => to));
  return [
    ...deletions(have.length, new Set(kept.map(([from]) => from))),
    ...after.flatMap(({ row }, index): Operation[] => (staying.has(index) ? [] : [["insert", index, row]])),
  ];
}

function deletions(length: number, kept: ReadonlySet<number>): Operation[] {
  if (kept.size === 0) return length === 0 ? [] : [["clear"]];
  const found: Operation[] = [];
  for (let index = length - 1; index >= 0; index -= 1) if (!kept.has(index)) found.push(["delete", index]);
  return found;
}

const MAX_BYTES = 128 * 1024; // of one message, about: half of what a broadcast may have

const EXACT_FROM = 4 * 1024; // characters: what is shorter does not count, however it is escaped

/** A long patch in several, to be carried out one after the other. */
export function piecesOf(patch: Patch): readonly Patch[] {
  if (patch.length < 2) return patch.length === 0 ? [] : [patch];
  const pieces: Operation[][] = [];
  let bytes = Infinity;
  for (const operation of patch) {
    const about = lengthOf(operation);
    const length = about < EXACT_FROM ? about : JSON.stringify(operation).length;
    if (bytes + length > MAX_BYTES) {
      pieces.push([]);
      bytes = 0;
    }
    pieces.at(-1)?.push(operation);
    bytes += length;
  }
  return pieces;
}

/** About as long as its JSON, without making that. */
function lengthOf([, ...rest]: Operation): number {
  let length = 20;
  for (const part of rest)
    if (typeof part === "object")
      for (const [name, value] of Object.entries(part)) length += name.length + sizeOf(value);
  return length;
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length + 6;
  return typeof value === "object" && value !== null ? JSON.stringify(value).length : 20;
}

type Pair = readonly [from: number, to: number];

/** The longest run of keys that stand in the same order in both lists, as pairs of indexes. */
function keptPairs(before: readonly string[], after: readonly string[]): readonly Pair[] {
  const places = new Map<string, number[]>();
  for (const [index, key] of before.entries()) {
    const known = places.get(key);
    if (known) known.push(index);
    else places.set(key, [index]);
  }
  const used = new Map<string, number>();
  const pairs: Pair[] = [];
  for (const [to, key] of after.entries()) {
    const nth = used.get(key) ?? 0;
    const from = places.get(key)?.[nth];
    if (from === undefined) continue;
    used.set(key, nth + 1);
    pairs.push([from, to]);
  }
  return ascendingRun(pairs);
}

/** The longest subsequence whose `from` ascends; `to` ascends already. */
function ascendingRun(pairs: readonly Pair[]): readonly Pair[] {
  const ends: number[] = []; // ends[n]: the pair with which the best run of n + 1 ends
  const previous: number[] = [];
  for (const [index, [from]] of pairs.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[0] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1] ?? -1;
    ends[low] = index;
  }
  const run: Pair[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair) run.push(pair);
  }
  return run.toReversed();
}
