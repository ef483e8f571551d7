import type { RowImage } from "@repo/realtime-postgres";
import type { BoundComparison, BoundCondition } from "../query/bound-condition.js";
import type { CanonicalValues } from "../query/canonical-values.js";
import { orderOf, type CompareValues } from "../table/compare-values.js";
import { likePattern } from "./like-pattern.js";

/** A condition on a row: true, false, or null where NULL makes it unknown. */
export type Predicate = (image: RowImage) => boolean | null;

/** A condition that can be decided here as Postgres does; undefined where only Postgres can. */
export function predicateOf(condition: BoundCondition, values: CanonicalValues): Predicate | undefined {
  if ("and" in condition) return joined(condition.and, values, false);
  if ("or" in condition) return joined(condition.or, values, true);
  if ("not" in condition) {
    const inner = predicateOf(condition.not, values);
    return inner && ((image) => negated(inner(image)));
  }
  const { name } = condition.column;
  if (condition.operator === "is null") return (image) => isNull(image[name]);
  if (condition.operator === "is not null") return (image) => !isNull(image[name]);
  if (!("texts" in condition)) return undefined;
  if (condition.operator === "in" && condition.texts.length === 0) return () => false; // also for NULL
  const test = testOf(condition, values.get(condition) ?? []);
  return test && ((image) => (isNull(image[name]) ? null : test(image[name])));
}

/** `and` ends with the first false, `or` with the first true; unknown otherwise where one is unknown. */
function joined(
  conditions: readonly BoundCondition[],
  values: CanonicalValues,
  decisive: boolean,
): Predicate | undefined {
  const parts: Predicate[] = [];
  for (const each of conditions) {
    const part = predicateOf(each, values);
    if (!part) return undefined;
    parts.push(part);
  }
  return (image) => {
    let result: boolean | null = !decisive;
    for (const part of parts) {
      const found = part(image);
      if (found === decisive) return decisive;
      if (found === null) result = null;
    }
    return result;
  };
}

function negated(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

export function isNull(value: unknown): boolean {
  return value === null || value === undefined;
}

type Test = (value: unknown) => boolean;

function testOf({ column, operator }: BoundComparison, values: readonly unknown[]): Test | undefined {
  const compare = comparisonOf(column.kind);
  const [first] = values;
  switch (operator) {
    case "=":
      return compare && ((value) => compare(value, first) === 0);
    case "<>":
      return compare && ((value) => compare(value, first) !== 0);
    case "in":
      return compare && ((value) => values.some((each) => compare(value, each) === 0));
    case "contains":
      return compare && containsAll(values, compare);
    case "like":
      return likePattern(String(first));
    case "ilike":
      return undefined; // upper and lower case are the database's collation's
    default:
      return column.isByteOrdered ? rangeTest(operator, first, orderOf(column.kind)) : undefined;
  }
}

/** How equality is decided; an enum's is that of its labels, while its order is Postgres's. */
function comparisonOf(kind: BoundComparison["column"]["kind"]): CompareValues | undefined {
  return kind === "enum" ? orderOf("text") : orderOf(kind);
}

function containsAll(wanted: readonly unknown[], compare: CompareValues): Test {
  return (value) => {
    if (!Array.isArray(value)) return false;
    const elements: readonly unknown[] = value.flat(Infinity);
    return wanted.every((each) => elements.some((element) => !isNull(element) && compare(element, each) === 0));
  };
}

function rangeTest(
  operator: "<" | "<=" | ">" | ">=",
  bound: unknown,
  compare: CompareValues | undefined,
): Test | undefined {
  if (!compare) return undefined;
  if (operator === "<") return (value) => compare(value, bound) < 0;
  if (operator === "<=") return (value) => compare(value, bound) <= 0;
  if (operator === ">") return (value) => compare(value, bound) > 0;
  return (value) => compare(value, bound) >= 0;
}
