import type { BoundComparison, BoundCondition } from "../query/bound-condition.js";
import { columnSql } from "./identifier.js";

/** Adds a value to the statement; returns its placeholder. */
export type Bind = (value: unknown) => string;

/** A condition as SQL. Every value is bound; every name comes from the catalogue. */
export function conditionSql(condition: BoundCondition, bind: Bind): string {
  if ("and" in condition) return joined(condition.and, "and", bind) ?? "true";
  if ("or" in condition) return joined(condition.or, "or", bind) ?? "false";
  if ("not" in condition) return `(not ${conditionSql(condition.not, bind)})`;
  if (!("texts" in condition)) return `(${columnSql(condition.column)} ${condition.operator})`;
  return `(${comparisonSql(condition, bind)})`;
}

function joined(conditions: readonly BoundCondition[], separator: string, bind: Bind): string | undefined {
  return conditions.length === 0
    ? undefined
    : `(${conditions.map((each) => conditionSql(each, bind)).join(` ${separator} `)})`;
}

function comparisonSql({ column, operator, texts }: BoundComparison, bind: Bind): string {
  const name = columnSql(column);
  if (operator === "in") return `${name} = any (${bind(texts)}::text[]::${column.type}[])`;
  if (operator === "contains") return `${name} @> ${bind(texts)}::text[]::${column.type}`;
  if (operator === "like" || operator === "ilike") return `${name} ${operator} ${bind(texts[0])}::text`;
  return `${name} ${operator} ${bind(texts[0])}::text::${column.type}`;
}
