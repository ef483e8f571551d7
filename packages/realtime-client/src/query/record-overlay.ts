import { guessOrder } from "./compare-values.js";
import { conditionResult } from "./condition-result.js";
import type { LiveQueries } from "./live-queries.js";
import type { LiveQuery } from "./live-query.js";
import type { QueryNode, Row } from "./query-node.js";
import { PENDING } from "./query-snapshot.js";
import type { RecordChange, RecordId } from "./record-change.js";

const BY_QUERIES = new WeakMap<LiveQueries, RecordOverlay>();

/** The changes of rows that the server has not replied to, shown in every open query of their tables. */
export class RecordOverlay {
  readonly #queries: LiveQueries;
  #pending: readonly (readonly RecordChange[])[] = [];

  /** One for each client: its queries show all that is pending. */
  static of(queries: LiveQueries): RecordOverlay {
    const overlay = BY_QUERIES.get(queries) ?? new RecordOverlay(queries);
    BY_QUERIES.set(queries, overlay);
    return overlay;
  }

  private constructor(queries: LiveQueries) {
    this.#queries = queries;
    queries.overlay = (live) => this.#rowsOf(live);
  }

  /** Shows changes; the returned function takes them away. */
  add(changes: readonly RecordChange[]): () => void {
    this.#become([...this.#pending, changes], changes);
    return () =>
      this.#become(
        this.#pending.filter((one) => one !== changes),
        changes,
      );
  }

  #become(pending: readonly (readonly RecordChange[])[], changes: readonly RecordChange[]): void {
    this.#pending = pending;
    for (const live of this.#queries.byJson.values()) {
      const { query, snapshot } = live;
      if (snapshot !== PENDING && "table" in query && changes.some(({ table }) => table === query.table)) live.show({});
    }
  }

  #rowsOf({ query, key, rows }: LiveQuery): readonly Row[] {
    if (!("table" in query) || query.count || key.length === 0) return rows;
    const changes = this.#pending.flat().filter(({ table }) => table === query.table);
    return changes.reduce((shown, change) => changedRows(shown, change, { query, key }), rows);
  }
}

/** The rows of a query after a change of one of them, as far as a client can decide. */
function changedRows(
  rows: readonly Row[],
  change: RecordChange,
  { query, key }: { readonly query: QueryNode; readonly key: readonly string[] },
): readonly Row[] {
  if (change.op === "create") {
    const id = Object.fromEntries(Object.entries(change.row).filter(([column]) => key.includes(column)));
    const isKnown = rows.some((row) => isRow(row, id, key)); // the server's row has come before its reply
    return isKnown || Object.keys(id).length < key.length ? rows : withRow(rows, change.row as Row, query);
  }
  if (!rows.some((row) => isRow(row, change.id, key))) return rows;
  return rows.flatMap((row) => {
    if (!isRow(row, change.id, key)) return [row];
    if (change.op === "delete") return [];
    const set = Object.entries(change.set).filter(([column]) => column in row);
    const next: Row = { ...row, ...Object.fromEntries(set) };
    return query.where && conditionResult(next, query.where) === false ? [] : [next];
  });
}

/** With a new row in its place, where it certainly belongs to the result and its place is known. */
function withRow(
  rows: readonly Row[],
  row: Row,
  { where, select, orderBy = [], limit, offset, distinctOn }: QueryNode,
): readonly Row[] {
  if ((where && conditionResult(row, where) !== true) || offset || distinctOn) return rows;
  if (select && orderBy.some(([column]) => !select.includes(column))) return rows;
  const columns = select ?? Object.keys({ ...rows[0], ...row });
  const shown = Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
  const place = rows.findIndex((other) => {
    for (const [column, direction] of orderBy) {
      const order = nullsLast(row[column] ?? null, other[column] ?? null);
      if (order !== 0) return direction === "asc" ? order < 0 : order > 0;
    }
    return false;
  });
  const index = orderBy.length > 0 && place >= 0 ? place : rows.length;
  return [...rows.slice(0, index), shown, ...rows.slice(index)].slice(0, limit);
}

/** The database's own order of NULL; a column that it fills in is most often the time or a number, and so the greatest. */
function nullsLast(one: unknown, other: unknown): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return guessOrder(one, other);
}

function isRow(row: Row, id: RecordId, key: readonly string[]): boolean {
  return key.every((column) => String(row[column]) === String(typeof id === "object" ? id[column] : id));
}
