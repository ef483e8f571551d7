/** What a query compares with: JSON without objects. */
export type QueryValue = string | number | boolean;

export type ComparisonOperator = "=" | "<>" | "<" | "<=" | ">" | ">=" | "like" | "ilike";

/** A condition on the rows of one table. As in SQL, a comparison with NULL is neither true nor false. */
export type Condition =
  | readonly [column: string, operator: ComparisonOperator, value: QueryValue]
  | readonly [column: string, operator: "in", values: readonly QueryValue[]]
  /** The array in the column contains all of these. */
  | readonly [column: string, operator: "contains", values: readonly QueryValue[]]
  | readonly [column: string, operator: "is null" | "is not null"]
  | { readonly and: readonly Condition[] }
  | { readonly or: readonly Condition[] }
  | { readonly not: Condition };

export type OrderDirection = "asc" | "desc";

/** A query on one table, as a client sends it. */
export interface QueryNode {
  /** A table of `defineLiveTable`, by its name. */
  readonly table: string;
  /** Which rows; default: all that the user may see. */
  readonly where?: Condition | undefined;
  /** Default: every listed column. */
  readonly select?: readonly string[] | undefined;
  /** The most important column first; the primary key decides between equal rows. */
  readonly orderBy?: readonly (readonly [column: string, direction: OrderDirection])[] | undefined;
  /** How many rows; default: the table's `maxRows`. */
  readonly limit?: number | undefined;
  /** How many rows are left out first; default 0. */
  readonly offset?: number | undefined;
  /** One row, the first by `orderBy`, for each combination of these columns. */
  readonly distinctOn?: readonly string[] | undefined;
  /** The result is one row, `{ count }`. */
  readonly count?: true | undefined;
}

/** A query that the server has written, by its name. */
export interface NamedQuery {
  /** The name that `liveQuery` was given. */
  readonly name: string;
  /** As the query's schema takes them. */
  readonly args?: unknown;
}

/** What a client may subscribe to. */
export type AnyQuery = QueryNode | NamedQuery;

export function isNamedQuery(query: AnyQuery): query is NamedQuery {
  return "name" in query;
}

/** A row as a client receives it: column → canonical JSON; bigint and numeric are text. */
export type Row = Readonly<Record<string, unknown>>;
