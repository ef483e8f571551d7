import { canonicalValue, type ValueKind } from "./canonical-value.js";

/** A table that was read: all of it, or the rows whose column has one value. */
export interface TableRead {
  /** Its oid, as text. */
  readonly table: string;
  /** The value is canonical JSON, as in a `RowImage`. */
  readonly equals: { readonly column: string; readonly value: unknown } | undefined;
}

/** A change that matches none of these changed nothing that was read. */
export type ReadSet = readonly TableRead[];

/** What a statement reads, before its values are known. */
export interface StatementReads {
  /** Each table that is read. */
  readonly tables: readonly StatementRead[];
  /** What may read tables without showing which, by name: functions without `begin atomic`, system catalogues, foreign tables. */
  readonly unknown: readonly string[];
}

/** What a statement reads of one table. */
export interface StatementRead {
  /** Schema and name. */
  readonly table: string;
  /** The rows that alone are read; undefined: any row. */
  readonly equals: StatementEquality | undefined;
}

/** The column has one of these values. */
export interface StatementEquality {
  /** As the table has it. */
  readonly column: string;
  /** How its values are compared. */
  readonly kind: ValueKind;
  /** Any of them. */
  readonly values: readonly ValueSource[];
}

/** Where a value comes from: a parameter by its number from 1, all elements of one that is an array, or the statement's text. */
export type ValueSource =
  { readonly parameter: number } | { readonly elementsOf: number } | { readonly constant: unknown };

/** What the statement reads with these values. A value that cannot be compared as text makes its table one that is read as a whole. */
export function readSetOf(reads: StatementReads, values: readonly unknown[] = []): ReadSet {
  return unionOfReads([reads.tables.flatMap((read) => tableReads(read, values))]);
}

/** Several read sets as one, without repetitions. */
export function unionOfReads(sets: Iterable<ReadSet>): ReadSet {
  const found = new Map<string, TableRead>();
  const whole = new Set<string>();
  for (const set of sets)
    for (const read of set) {
      if (!read.equals) whole.add(read.table);
      found.set(JSON.stringify([read.table, read.equals?.column, read.equals?.value]), read);
    }
  return [...found.values()].filter(({ table, equals }) => equals === undefined || !whole.has(table));
}

const MAX_VALUES = 1_000; // of one statement: as many entries of the index

function tableReads({ table, equals }: StatementRead, values: readonly unknown[]): ReadSet {
  const whole = [{ table, equals: undefined }];
  if (!equals) return whole;
  const { column, kind } = equals;
  const found: TableRead[] = [];
  for (const source of equals.values) {
    const given = valuesFrom(source, values);
    if (!given || found.length + given.length > MAX_VALUES) return whole;
    for (const value of given) {
      const canonical = canonicalValue(kind, value);
      if (canonical === undefined) return whole;
      found.push({ table, equals: { column, value: canonical } });
    }
  }
  return found;
}

function valuesFrom(source: ValueSource, values: readonly unknown[]): readonly unknown[] | undefined {
  if ("constant" in source) return [source.constant];
  if ("parameter" in source) return [values[source.parameter - 1]];
  const list = values[source.elementsOf - 1];
  return Array.isArray(list) ? list : undefined;
}
