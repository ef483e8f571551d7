import type { Statement } from "../sql/query-sql.js";
import { rowImageSql } from "../sql/query-sql.js";
import { columnSql, quoted } from "../sql/identifier.js";
import type { TableDescription } from "../table/table-catalog.js";
import type { RecordValues } from "./record-change.js";

/** A change of one row, with names that were checked. */
export interface BoundChange {
  readonly table: TableDescription;
  /** The key's values by column, of an update or a deletion. */
  readonly id: RecordValues;
  /** What is written. */
  readonly values: RecordValues;
  readonly version: string | number | undefined;
}

/** Inserts the row; returns its image. Columns that are not given have their defaults. */
export function createSql({ table, values }: BoundChange): Statement {
  const bound: unknown[] = [JSON.stringify(values)];
  const names = Object.keys(values);
  const columns = names.map(quoted).join(", ");
  const given = names.map((name) => `x.${quoted(name)}`).join(", ");
  const source =
    names.length === 0
      ? "default values"
      : `(${columns}) select ${given} from jsonb_populate_record(null::${table.sqlName}, $1::text::jsonb) as x`;
  const returning = rowImageSql(table, (value) => `$${bound.push(value)}`);
  if (names.length === 0) bound.shift();
  return { sql: `insert into ${table.sqlName} as t ${source} returning ${returning} as image`, values: bound };
}

/** Changes the row, where it has the expected version; returns its image. */
export function updateSql({ table, id, values, version }: BoundChange): Statement {
  const bound: unknown[] = [JSON.stringify(values), JSON.stringify(id)];
  const bind = (value: unknown) => `$${bound.push(value)}`;
  const { live } = table;
  const counter =
    live.version === undefined ? [] : [`${quoted(live.version)} = ${columnSql({ name: live.version })} + 1`];
  const set = [...Object.keys(values).map((name) => `${quoted(name)} = x.${quoted(name)}`), ...counter].join(", ");
  const from = `jsonb_populate_record(null::${table.sqlName}, $1::text::jsonb) as x, jsonb_populate_record(null::${table.sqlName}, $2::text::jsonb) as k`;
  const where = [...keyIs(table), ...versionIs(table, version, bind)].join(" and ");
  return {
    sql: `update ${table.sqlName} as t set ${set} from ${from} where ${where} returning ${rowImageSql(table, bind)} as image`,
    values: bound,
  };
}

/** Deletes the row, where it has the expected version; returns one row if it did. */
export function deleteSql({ table, id, version }: BoundChange): Statement {
  const bound: unknown[] = [JSON.stringify(id)];
  const bind = (value: unknown) => `$${bound.push(value)}`;
  const where = [...keyIs(table), ...versionIs(table, version, bind)].join(" and ");
  return {
    sql: `delete from ${table.sqlName} as t using jsonb_populate_record(null::${table.sqlName}, $1::text::jsonb) as k where ${where} returning true as deleted`,
    values: bound,
  };
}

/** The row as the user sees it. */
export function currentSql({ table, id }: BoundChange): Statement {
  const bound: unknown[] = [JSON.stringify(id)];
  const image = rowImageSql(table, (value) => `$${bound.push(value)}`);
  return {
    sql: `select ${image} as image from ${table.sqlName} as t, jsonb_populate_record(null::${table.sqlName}, $1::text::jsonb) as k where ${keyIs(table).join(" and ")}`,
    values: bound,
  };
}

function keyIs({ key }: TableDescription): readonly string[] {
  return key.map((name) => `${columnSql({ name })} = k.${quoted(name)}`);
}

function versionIs(
  { live, columns }: TableDescription,
  version: string | number | undefined,
  bind: (value: unknown) => string,
): readonly string[] {
  const column = live.version === undefined ? undefined : columns.get(live.version);
  if (version === undefined || !column) return [];
  return [`${columnSql(column)} = ${bind(String(version))}::text::${column.type}`];
}
