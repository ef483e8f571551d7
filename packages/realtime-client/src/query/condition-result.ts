import { compareValues } from "./compare-values.js";
import type { Condition, Row } from "./query-node.js";

/** Whether a row fulfils a condition; undefined where it is NULL in SQL, or where only the database knows. */
export function conditionResult(row: Row, condition: Condition): boolean | undefined {
  if ("and" in condition) return all(condition.and.map((part) => conditionResult(row, part)));
  if ("or" in condition) return not(all(condition.or.map((part) => not(conditionResult(row, part)))));
  if ("not" in condition) return not(conditionResult(row, condition.not));
  const [column, operator, given] = condition;
  const value = row[column];
  if (value === undefined) return undefined; // the database fills it in
  if (operator === "is null" || operator === "is not null") return (value === null) === (operator === "is null");
  if (value === null) return undefined;
  switch (operator) {
    case "in":
      return not(all(given.map((one) => not(isEqual(value, one)))));
    case "contains":
      return Array.isArray(value)
        ? all(given.map((item) => not(all(value.map((one) => not(isEqual(one, item)))))))
        : undefined;
    case "=":
      return isEqual(value, given);
    case "<>":
      return not(isEqual(value, given));
    case "like":
    case "ilike":
      return pattern(String(given), operator === "ilike" ? "isu" : "su").test(String(value));
    default: {
      const order = compareValues(value, given);
      if (order === undefined) return undefined;
      return operator === "<" ? order < 0 : operator === "<=" ? order <= 0 : operator === ">" ? order > 0 : order >= 0;
    }
  }
}

function all(results: readonly (boolean | undefined)[]): boolean | undefined {
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

function not(result: boolean | undefined): boolean | undefined {
  return result === undefined ? undefined : !result;
}

/** Texts are equal or not, but `1.0` may be a number that equals `1`, and a time has several spellings. */
function isEqual(one: unknown, other: unknown): boolean | undefined {
  const order = compareValues(one, other);
  if (order !== undefined) return order === 0;
  if (typeof one !== "string" || typeof other !== "string") return undefined;
  return Number.isNaN(Number(one)) || Number.isNaN(Number(other)) ? false : undefined;
}

/** `%` is any text, `_` any character, and a backslash makes the next character stand for itself. */
function pattern(like: string, flags: string): RegExp {
  const source = like.replace(/\\([\s\S])|([%_])|[\\^$.*+?()[\]{}|]/g, (mark, escaped?: string, wild?: string) => {
    if (wild) return wild === "%" ? ".*" : ".";
    return (escaped ?? mark).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  });
  return new RegExp(`^${source}$`, flags);
}
