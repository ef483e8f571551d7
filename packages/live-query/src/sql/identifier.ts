import type { Column } from "../table/column.js";

/** A name in quotes. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A column of the queried table, which every statement here calls `t`. */
export function columnSql({ name }: Pick<Column, "name">): string {
  return `t.${quoted(name)}`;
}
