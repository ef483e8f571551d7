import type { RowImage } from "@repo/realtime-postgres";
import type { OrderTerm } from "../query/query-plan.js";
import { orderOf } from "../table/compare-values.js";
import { isNull } from "./predicate.js";

export type CompareRows = (a: RowImage, b: RowImage) => number;

/** The order of rows as Postgres has it: NULL is above everything. Undefined where only Postgres can decide it. */
export function rowOrderOf(terms: readonly OrderTerm[]): CompareRows | undefined {
  const parts: CompareRows[] = [];
  for (const { column, direction } of terms) {
    const compare = column.isByteOrdered && !column.isArray ? orderOf(column.kind) : undefined;
    if (!compare) return undefined;
    const sign = direction === "asc" ? 1 : -1;
    const { name } = column;
    parts.push((a, b) => {
      const [x, y] = [a[name], b[name]];
      if (isNull(x) || isNull(y)) return sign * (Number(isNull(x)) - Number(isNull(y)));
      return sign * compare(x, y);
    });
  }
  return (a, b) => {
    for (const part of parts) {
      const order = part(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}
