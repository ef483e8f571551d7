import type { TableDescription } from "../table/table-catalog.js";
import type { Column } from "../table/column.js";
import { bindCondition, type BoundCondition } from "./bound-condition.js";
import type { OrderDirection, QueryNode } from "./query-node.js";
import { QueryRefusal } from "./query-refusal.js";

/** One column of an order. */
export interface OrderTerm {
  readonly column: Column;
  readonly direction: OrderDirection;
}

/** A query whose names and types are those of the table. */
export interface QueryPlan {
  readonly table: TableDescription;
  readonly where: BoundCondition | undefined;
  /** What a client receives of a row: the key, and what it selected. */
  readonly columns: readonly string[];
  /** Ends with the key, so that it is total. */
  readonly orderBy: readonly OrderTerm[];
  /** Rows that a client receives at most. */
  readonly limit: number;
  /** The limit is the table's, not the query's: so the client is notified that there is more. */
  readonly isBounded: boolean;
  readonly offset: number;
  readonly distinctOn: readonly Column[];
  readonly isCount: boolean;
}

/** Checks a query against what its table exposes; throws a `QueryRefusal`. */
export function planQuery(node: QueryNode, table: TableDescription): QueryPlan {
  const { live, key } = table;
  const isCount = node.count === true; // of all rows, wherever a page of them begins and ends
  const columnOf = (name: string): Column => {
    const column = live.columns.has(name) ? table.columns.get(name) : undefined;
    if (!column) throw new QueryRefusal(`Table "${live.name}" has no column "${name}".`);
    return column;
  };
  const selected = (node.select ?? [...live.columns]).map((name) => columnOf(name).name);
  const distinctOn = [...new Set(node.distinctOn)].map(columnOf);
  const orderBy = orderOf(node, { columnOf, distinctOn, key });
  if (node.limit !== undefined && node.limit > live.maxRows)
    throw new QueryRefusal(`The limit is ${node.limit}; table "${live.name}" gives at most ${live.maxRows} rows.`);
  return {
    table,
    where: node.where && bindCondition(node.where, columnOf),
    columns: [...new Set([...key, ...selected])],
    orderBy,
    limit: isCount ? 1 : (node.limit ?? live.maxRows),
    isBounded: node.limit === undefined,
    offset: isCount ? 0 : (node.offset ?? 0),
    distinctOn,
    isCount,
  };
}

interface OrderSources {
  readonly columnOf: (name: string) => Column;
  readonly distinctOn: readonly Column[];
  readonly key: readonly string[];
}

/** DISTINCT ON wants its columns first. */
function orderOf({ orderBy = [] }: QueryNode, { columnOf, distinctOn, key }: OrderSources): readonly OrderTerm[] {
  const given = orderBy.map(([name, direction]): OrderTerm => ({ column: columnOf(name), direction }));
  const leading = distinctOn.map((column) => given.find((term) => term.column === column) ?? ascending(column));
  const terms = [...leading, ...given, ...key.map((name) => ascending(columnOf(name)))];
  const first = (term: OrderTerm, index: number) => terms.findIndex(({ column }) => column === term.column) === index;
  return terms.filter(first);
}

function ascending(column: Column): OrderTerm {
  return { column, direction: "asc" };
}
