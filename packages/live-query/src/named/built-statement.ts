import type { Statement } from "../sql/query-sql.js";
import type { BuiltQuery } from "./live-query.js";

/** The statement of a query, whatever has built it. */
export function statementOf(name: string, built: BuiltQuery): Statement {
  if ("compile" in built) {
    const { sql, parameters } = built.compile();
    return { sql, values: parameters };
  }
  if ("toSQL" in built) {
    const { sql, params } = built.toSQL();
    return { sql, values: params };
  }
  if (typeof built.sql !== "string")
    throw new TypeError(`liveQuery("${name}"): return a query of Kysely or Drizzle, or { sql, values }.`);
  return { sql: built.sql, values: built.values ?? [] };
}

/** At most so many of its rows. The statement is a SELECT: as a subquery nothing else is possible. */
export function limited({ sql, values }: Statement, rows: number): Statement {
  const text = sql.trim().replace(/;$/, "");
  return { sql: `select * from (${text}\n) as q limit $${values.length + 1}`, values: [...values, rows] };
}
