/** The types of a table's rows: as they are read, and as they are written. */
export interface TableTypes {
  /** A row as it is read. */
  readonly row: object;
  /** A row as it is added. */
  readonly insert: object;
  /** The columns that may be changed. */
  readonly update: object;
}

/** What a type must be to describe a database: each table with its three types. Interfaces fit as well. */
export type DatabaseOf<Database> = { readonly [Table in keyof Database]: TableTypes };

/** A database of which nothing is known: any table, rows of unknown values. */
export type AnyDatabase = Readonly<
  Record<
    string,
    {
      readonly row: Readonly<Record<string, unknown>>;
      readonly insert: Readonly<Record<string, unknown>>;
      readonly update: Readonly<Record<string, unknown>>;
    }
  >
>;

/** The types of the queries that a server has under names. */
export type NamedQueriesOf<Named> = {
  readonly [Name in keyof Named]: { readonly args: unknown; readonly row: object };
};

/** Named queries of which nothing is known. */
export type AnyNamedQueries = Readonly<
  Record<string, { readonly args: unknown; readonly row: Readonly<Record<string, unknown>> }>
>;

/** The columns of a table. */
export type ColumnOf<Row> = keyof Row & string;

/** What a column is compared with: never null, for which there is `is null`. */
type Value<Row, Column extends ColumnOf<Row>> = NonNullable<Row[Column]>;

/** The item of an array column. */
type Item<Value> = unknown extends Value ? unknown : NonNullable<Value> extends readonly (infer Of)[] ? Of : never;

/** Operators with what each compares a column with. */
export interface Operands<Row, Column extends ColumnOf<Row>> {
  /** Equal to. */
  readonly "=": Value<Row, Column>;
  /** Not equal to. */
  readonly "<>": Value<Row, Column>;
  /** Less than. */
  readonly "<": Value<Row, Column>;
  /** Less than, or equal to. */
  readonly "<=": Value<Row, Column>;
  /** Greater than. */
  readonly ">": Value<Row, Column>;
  /** Greater than, or equal to. */
  readonly ">=": Value<Row, Column>;
  /** One of these. */
  readonly in: readonly Value<Row, Column>[];
  /** Fits a pattern with `%` and `_`. */
  readonly like: Value<Row, Column> extends string ? string : unknown extends Row[Column] ? string : never;
  /** Fits a pattern, whatever the case of its letters. */
  readonly ilike: Operands<Row, Column>["like"];
  /** The array column contains all of these. */
  readonly contains: readonly Item<Row[Column]>[];
}

type Comparison<Row, Column extends ColumnOf<Row>> = {
  [Operator in keyof Operands<Row, Column>]: readonly [
    column: Column,
    operator: Operator,
    value: Operands<Row, Column>[Operator],
  ];
}[keyof Operands<Row, Column>];

/**
 * What a row must fulfil, as it is sent.
 * @example { or: [["score", ">=", 3], ["deleted_at", "is null"], { not: ["body", "ilike", "%draft%"] }] }
 */
export type ConditionOf<Row> =
  | { [Column in ColumnOf<Row>]: Comparison<Row, Column> }[ColumnOf<Row>]
  | readonly [column: ColumnOf<Row>, operator: "is null" | "is not null"]
  | { readonly and: readonly ConditionOf<Row>[] }
  | { readonly or: readonly ConditionOf<Row>[] }
  | { readonly not: ConditionOf<Row> };
