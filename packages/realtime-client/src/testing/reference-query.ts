import type { Condition, QueryNode, Row } from "../query/query-node.js";

/** The rows that a query finds, as plainly as can be; without `distinctOn` and patterns. */
export function findRows(table: readonly Row[], { where, select, orderBy = [], limit, offset = 0, count }: QueryNode) {
  const found = table.filter((row) => !where || fulfils(row, where));
  if (count) return [{ count: found.length }];
  for (const [column, direction] of orderBy.toReversed())
    found.sort((one, other) => (direction === "asc" ? 1 : -1) * order(one[column], other[column]));
  const window = found.slice(offset, limit === undefined ? undefined : offset + limit);
  return select ? window.map((row) => Object.fromEntries(select.map((column) => [column, row[column]]))) : window;
}

function order(one: unknown, other: unknown): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return (one as number) < (other as number) ? -1 : 1;
}

/** Whether a condition is certainly true; NULL is neither equal nor unequal to anything. */
function fulfils(row: Row, condition: Condition): boolean {
  return verdict(row, condition) === true;
}

function verdict(row: Row, condition: Condition): boolean | undefined {
  if ("and" in condition) {
    const all = condition.and.map((part) => verdict(row, part));
    return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
  }
  if ("or" in condition) {
    const all = condition.or.map((part) => verdict(row, part));
    return all.includes(true) ? true : all.includes(undefined) ? undefined : false;
  }
  if ("not" in condition) {
    const inner = verdict(row, condition.not);
    return inner === undefined ? undefined : !inner;
  }
  const [column, operator, given] = condition;
  const value = row[column] ?? null;
  if (operator === "is null") return value === null;
  if (operator === "is not null") return value !== null;
  if (value === null) return undefined;
  const [one, other] = [value as number, given as number];
  if (operator === "=") return one === other;
  if (operator === "<>") return one !== other;
  if (operator === "<") return one < other;
  if (operator === "<=") return one <= other;
  if (operator === ">") return one > other;
  if (operator === ">=") return one >= other;
  if (operator === "in") return given.includes(value);
  if (operator === "contains") return given.every((item) => (value as unknown[]).includes(item));
  throw new Error(`The reference has no operator "${operator}".`);
}
