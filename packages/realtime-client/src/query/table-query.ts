import type { ColumnOf, ConditionOf, Operands } from "./database.js";
import type { LiveQueries } from "./live-queries.js";
import type { LiveQuery } from "./live-query.js";
import type { NamedQuery, QueryNode } from "./query-node.js";
import type { PreloadedQuery, QuerySnapshot } from "./query-snapshot.js";

/** A query that can be fetched or watched; a value that never changes. */
export interface Query<Result = unknown> {
  /** The live queries that it is watched through. */
  readonly queries: LiveQueries;
  /** The query, as it is sent. */
  readonly node: QueryNode | NamedQuery;
  /** Canonical: equal queries have equal texts. */
  readonly json: string;
  /** Reads the rows once. Waits where there is no connection. */
  fetch(): Promise<readonly Result[]>;
  /** Reads the first row once; undefined where there is none. */
  fetchOne(): Promise<Result | undefined>;
  /** Calls the listener at once with what is known, and whenever it changes. Equal queries share a subscription. Returns the undo. */
  watch(listener: (snapshot: QuerySnapshot<Result>) => void): () => void;
  /** The query of the first row alone. */
  one(): Query<Result>;
  /** The result before it is watched: nothing is sent. Rows that were read for another query are not taken. */
  live(preloaded?: PreloadedQuery<Result>): LiveQuery;
}

/** A query of one table. Each method gives another query and leaves this one as it is. */
export interface TableQuery<Table, Result = Table> extends Query<Result> {
  /** The query, as it is sent. */
  readonly node: QueryNode;
  /**
   * Rows that fulfil this too. With two arguments they are compared by `=`.
   * @example
   * query("annotations").where("widget_id", id).where("score", ">=", 3).where(["deleted_at", "is null"])
   *   .where({ or: [["category", "in", ["bug", "idea"]], { not: ["body", "ilike", "%draft%"] }] })
   */
  where<Column extends ColumnOf<Table>>(
    column: Column,
    value: Operands<Table, NoInfer<Column>>["="],
  ): TableQuery<Table, Result>;
  where<Column extends ColumnOf<Table>, Operator extends keyof Operands<Table, Column>>(
    column: Column,
    operator: Operator,
    value: Operands<Table, NoInfer<Column>>[NoInfer<Operator>],
  ): TableQuery<Table, Result>;
  where(condition: ConditionOf<Table>): TableQuery<Table, Result>;
  /** These columns alone. */
  select<Column extends ColumnOf<Table>>(...columns: readonly Column[]): TableQuery<Table, Pick<Table, Column>>;
  /** Sorted by this column, where those before it are equal. */
  orderBy(column: ColumnOf<Table>, direction?: "asc" | "desc" | "ASC" | "DESC"): TableQuery<Table, Result>;
  /** At most so many rows. */
  limit(rows: number): TableQuery<Table, Result>;
  /** Leaves out so many rows. */
  offset(rows: number): TableQuery<Table, Result>;
  /** The first row of each group with equal values in these columns, with which `orderBy` has to begin. */
  distinctOn(...columns: readonly ColumnOf<Table>[]): TableQuery<Table, Result>;
  /** The query of the number of rows, to be watched. */
  counted(): Query<{ readonly count: number }>;
  /** Counts the rows once. */
  count(): Promise<number>;
}
