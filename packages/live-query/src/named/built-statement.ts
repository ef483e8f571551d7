import type { RowImage } from "@repo/realtime-postgres";
import { quoted } from "../sql/identifier.js";
import type { Statement } from "../sql/query-sql.js";
import type { BuiltQuery } from "./live-query.js";

/** A statement, and what its columns are called in a row; undefined: as in SQL. */
export interface NamedStatement extends Statement {
  /** The path of each column: Drizzle gives objects within a row, and names that SQL does not have. */
  readonly paths: readonly (readonly string[])[] | undefined;
}

/** The statement of a query, from any builder. */
export function statementOf(name: string, built: BuiltQuery): NamedStatement {
  if (typeof built === "object" && built !== null) {
    if ("compile" in built) {
      const { sql, parameters } = built.compile();
      return { sql, values: parameters, paths: undefined };
    }
    if ("toSQL" in built) {
      const { sql, params } = built.toSQL();
      return { sql, values: params, paths: drizzlePaths(built) };
    }
    if ("sql" in built && typeof built.sql === "string")
      return { sql: built.sql, values: built.values ?? [], paths: undefined };
  }
  if (built instanceof Promise) built.catch(() => undefined); // this refusal is what is reported
  throw new TypeError(
    `liveQuery("${name}"): return a query of Kysely or Drizzle that has not been run, or { sql, values }; the function must not be async.`,
  );
}

/** At most so many of its rows. The statement is a SELECT: as a subquery nothing else is possible. */
export function limited({ sql, values, paths }: NamedStatement, rows: number): Statement {
  const text = sql.trim().replace(/;$/, "");
  const columns = paths ? ` (${paths.map((path) => quoted(path.join("."))).join(", ")})` : "";
  return { sql: `select * from (${text}\n) as q${columns} limit $${values.length + 1}`, values: [...values, rows] };
}

/** A row with its columns at their places. */
export function rowAt(row: RowImage, paths: NamedStatement["paths"]): RowImage {
  if (!paths?.some((path) => path.length > 1)) return row;
  const nested: Record<string, unknown> = {};
  for (const path of paths) place(nested, path, row[path.join(".")]);
  return nested;
}

function place(into: Record<string, unknown>, [first = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const inner = into[first];
  const next: Record<string, unknown> = typeof inner === "object" && inner !== null ? { ...inner } : {};
  into[first] = next;
  place(next, rest, value);
}

/** The fields of a Drizzle select, in the order of its columns; undefined where the query is of another kind. */
function drizzlePaths(query: object): NamedStatement["paths"] {
  const details: unknown = "_" in query ? query._ : undefined;
  const fields: unknown = isObject(details) ? details["selectedFields"] : undefined;
  return isObject(fields) ? pathsOf(fields) : undefined;
}

function pathsOf(fields: Readonly<Record<string, unknown>>): readonly (readonly string[])[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    isPlain(field) ? pathsOf(field).map((path) => [name, ...path]) : [[name]],
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** A group of fields, and no column: those are objects of a class. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && Object.getPrototypeOf(value) === Object.prototype;
}
