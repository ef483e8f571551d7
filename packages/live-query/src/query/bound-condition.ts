import type { Column, ColumnKind } from "../table/column.js";
import type { ComparisonOperator, Condition, QueryValue } from "./query-node.js";
import { QueryRefusal } from "./query-refusal.js";

/** A comparison whose column exists and whose values have its type. */
export interface BoundComparison {
  readonly column: Column;
  readonly operator: ComparisonOperator | "in" | "contains";
  /** As text, for the statement. */
  readonly texts: readonly string[];
}

export type BoundCondition =
  | BoundComparison
  | { readonly column: Column; readonly operator: "is null" | "is not null" }
  | { readonly and: readonly BoundCondition[] }
  | { readonly or: readonly BoundCondition[] }
  | { readonly not: BoundCondition };

export type ColumnOf = (name: string) => Column;

/** Finds the columns of a condition and checks its values; throws a `QueryRefusal`. */
export function bindCondition(condition: Condition, columnOf: ColumnOf): BoundCondition {
  if ("and" in condition) return { and: condition.and.map((each) => bindCondition(each, columnOf)) };
  if ("or" in condition) return { or: condition.or.map((each) => bindCondition(each, columnOf)) };
  if ("not" in condition) return { not: bindCondition(condition.not, columnOf) };
  const [name, operator, given] = condition;
  const column = columnOf(name);
  if (operator === "is null" || operator === "is not null") return { column, operator };
  if (column.isArray !== (operator === "contains"))
    throw new QueryRefusal(`Column "${name}" ${column.isArray ? "is an array: use contains" : "is no array"}.`);
  if ((operator === "like" || operator === "ilike") && column.kind !== "text")
    throw new QueryRefusal(`Column "${name}" is no text, so it is not compared with ${operator}.`);
  const values = typeof given === "object" ? given : [given as QueryValue];
  return { column, operator, texts: values.map((value) => textOf(value, column)) };
}

const TYPES: Readonly<Partial<Record<ColumnKind, readonly string[]>>> = {
  number: ["number", "string"], // "NaN" and "Infinity" are no JSON numbers
  integer: ["number", "string"],
  decimal: ["number", "string"],
  boolean: ["boolean"],
};

const MAX_DIGITS = 1_000; // what a declared precision may have
const EXPONENT = /e[+-]?0*(\d+)/i;
const RELATIVE = /\b(now|today|tomorrow|yesterday)\b/i;
const TIME_OF_DAY = /^pg_catalog\."?time/;

function textOf(value: QueryValue, { name, kind, type }: Column): string {
  const allowed = TYPES[kind] ?? (kind === "other" ? ["string", "number", "boolean"] : ["string"]);
  if (!allowed.includes(typeof value))
    throw new QueryRefusal(
      `Column "${name}" is compared with a ${typeof value}; it takes a ${allowed.join(" or a ")}.`,
    );
  const text = String(value);
  if (kind === "decimal" && (text.length > MAX_DIGITS || Number(EXPONENT.exec(text)?.[1] ?? 0) > MAX_DIGITS))
    throw new QueryRefusal(`Column "${name}" is compared with a number of more than ${MAX_DIGITS} digits.`);
  if (RELATIVE.test(text) && (kind === "time" || TIME_OF_DAY.test(type)))
    throw new QueryRefusal(
      `Column "${name}" is compared with "${text}", which is another time with each run of the query.`,
    );
  if (UNSTORABLE.test(text))
    throw new QueryRefusal(`Column "${name}" is compared with text that Postgres cannot hold.`);
  return text;
}

const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** The comparisons of a condition that have values, from left to right. */
export function comparisonsOf(condition: BoundCondition | undefined): readonly BoundComparison[] {
  if (!condition) return [];
  if ("and" in condition) return condition.and.flatMap(comparisonsOf);
  if ("or" in condition) return condition.or.flatMap(comparisonsOf);
  if ("not" in condition) return comparisonsOf(condition.not);
  return "texts" in condition ? [condition] : [];
}
