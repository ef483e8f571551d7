import type { QueryPlan } from "../query/query-plan.js";
import { conditionSql } from "./condition-sql.js";
import type { TableDescription } from "../table/table-catalog.js";
import type { Column } from "../table/column.js";
import { columnSql, quoted } from "./identifier.js";

/** A statement and what is bound to it. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * The statement of a query; each row has one column, `image`. It fetches `ahead` rows more than the query's limit, and beside the
 * columns for the client those that the order needs.
 */
export function querySql(plan: QueryPlan, ahead: number): Statement {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const { table, where, isCount, offset, limit, distinctOn } = plan;
  const from = `from ${table.sqlName} as t`;
  const condition = where ? ` where ${conditionSql(where, bind)}` : "";
  if (isCount) {
    const counted = distinctOn.length === 0 ? "*" : `distinct row(${distinctOn.map(columnSql).join(", ")})`;
    return { sql: `select jsonb_build_object('count', count(${counted})) as image ${from}${condition}`, values };
  }
  const distinct = distinctOn.length === 0 ? "" : `distinct on (${distinctOn.map(columnSql).join(", ")}) `;
  const order = plan.orderBy.map(({ column, direction }) => `${columnSql(column)} ${direction}`).join(", ");
  const image = imageSql(keptColumns(plan), plan.table, bind);
  const page = ` limit ${bind(limit + ahead)}${offset === 0 ? "" : ` offset ${bind(offset)}`}`;
  return { sql: `select ${distinct}${image} as image ${from}${condition} order by ${order}${page}`, values };
}

/** The columns that a window keeps of a row. */
export function keptColumns({ columns, orderBy }: Pick<QueryPlan, "columns" | "orderBy">): readonly string[] {
  return [...new Set([...columns, ...orderBy.map(({ column }) => column.name)])];
}

/** All columns that clients may read, of the row `t`. */
export function rowImageSql(table: TableDescription, bind: (value: unknown) => string): string {
  return imageSql([...table.live.columns], table, bind);
}

function imageSql(names: readonly string[], table: TableDescription, bind: (value: unknown) => string): string {
  const columns = names.flatMap((name) => table.columns.get(name) ?? []);
  const row = `(select to_jsonb(x) from (select ${columns.map(valueSql).join(", ")}) as x)`;
  const wide = columns.filter((column) => column.isWide && !isCast(column)).map(({ name }) => name);
  return wide.length === 0 ? row : `realtime.as_image(${row}, ${bind(wide)}::text[])`;
}

/** The same text as `realtime.as_image` gives, without its cost. */
function valueSql(column: Column): string {
  const name = columnSql(column);
  return isCast(column) ? `${name}::text${column.isArray ? "[]" : ""} as ${quoted(column.name)}` : name;
}

function isCast({ isWide, kind }: Column): boolean {
  return isWide && (kind === "integer" || kind === "decimal");
}
