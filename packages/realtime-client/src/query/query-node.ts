/** A query of one table, as it is sent: plain JSON. The server has the schema of it. */
export interface QueryNode {
  /** The table that is read. */
  readonly table: string;
  /** The conditions, all of which hold. */
  readonly where?: Condition | undefined;
  /** The columns; all where left out. */
  readonly select?: readonly string[] | undefined;
  /** The columns of the order, the first counts most. */
  readonly orderBy?: readonly (readonly [column: string, direction: "asc" | "desc"])[] | undefined;
  /** At most so many rows. */
  readonly limit?: number | undefined;
  /** Leaves out so many rows. */
  readonly offset?: number | undefined;
  /** One row for each combination of these columns. */
  readonly distinctOn?: readonly string[] | undefined;
  /** One row `{ count }` instead of the rows. */
  readonly count?: true | undefined;
}

/** A query that the server has under a name. */
export interface NamedQuery {
  /** The name that the server has for it. */
  readonly name: string;
  /** What it is called with. */
  readonly args?: unknown;
}

/** What a row must fulfil. A comparison with null is refused: there is `is null`. */
export type Condition =
  | readonly [column: string, operator: "=" | "<>" | "<" | "<=" | ">" | ">=" | "like" | "ilike", value: unknown]
  | readonly [column: string, operator: "in", values: readonly unknown[]]
  /** The array column contains all of these. */
  | readonly [column: string, operator: "contains", values: readonly unknown[]]
  | readonly [column: string, operator: "is null" | "is not null"]
  | { readonly and: readonly Condition[] }
  | { readonly or: readonly Condition[] }
  | { readonly not: Condition };

/** A row as it is received: what JSON carries, `bigint` and `numeric` as text. */
export type Row = Readonly<Record<string, unknown>>;
