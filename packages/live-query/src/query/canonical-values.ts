import { SqlError } from "@repo/realtime-postgres";
import type { Column } from "../table/column.js";
import type { BoundComparison } from "./bound-condition.js";
import { QueryRefusal } from "./query-refusal.js";

/** The values of each comparison as row images have them, so that they can be compared here. */
export type CanonicalValues = ReadonlyMap<BoundComparison, readonly unknown[]>;

const INTEGER_TYPES = new Set(["pg_catalog.int2", "pg_catalog.int4"]);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Runs a statement with the rights of the user, so that a cast shows nothing that the role may not see. */
export type RunAsRole = <Row>(sql: string, values: readonly unknown[]) => Promise<readonly Row[]>;

/** Reads values as their columns' types do. Rejects with a `QueryRefusal` where one is no value of its type. */
export async function canonicalValues(
  run: RunAsRole,
  comparisons: readonly BoundComparison[],
): Promise<CanonicalValues> {
  const parts: string[] = [];
  const texts: string[] = [];
  const found = new Map<BoundComparison, unknown[]>();
  const waiting: (readonly [values: unknown[], index: number])[] = [];
  for (const comparison of comparisons) {
    const { column } = comparison;
    const values = comparison.texts.map((text): unknown => known(text, column));
    found.set(comparison, values);
    if (isPattern(comparison)) {
      values.splice(0, values.length, ...comparison.texts);
      continue;
    }
    for (const [index, text] of comparison.texts.entries()) {
      if (values[index] !== undefined) continue;
      waiting.push([values, index]);
      texts.push(text);
      parts.push(canonicalSql(column, texts.length));
    }
  }
  if (parts.length === 0) return found;
  const canonical = await read(run, parts, texts);
  for (const [place, [values, index]] of waiting.entries()) values[index] = canonical[place];
  return found;
}

function isPattern({ operator }: BoundComparison): boolean {
  return operator === "like" || operator === "ilike";
}

/** What needs no database; undefined where it does. */
function known(text: string, { kind, type, isArray }: Column): unknown {
  if (kind === "text" || kind === "enum") return text;
  if (kind === "boolean") return text === "true";
  if (isArray) return undefined;
  if (kind === "uuid") return UUID.test(text) ? text.toLowerCase() : undefined;
  return INTEGER_TYPES.has(type) && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function canonicalSql({ type, isArray, isWide }: Column, place: number): string {
  const value = isArray ? `array[$${place}::text]::${type}` : `$${place}::text::${type}`;
  return isArray
    ? `to_jsonb((${value})${isWide ? "::text[]" : ""}) -> 0`
    : `to_jsonb((${value})${isWide ? "::text" : ""})`;
}

async function read(run: RunAsRole, parts: readonly string[], texts: readonly string[]): Promise<readonly unknown[]> {
  try {
    const sql = `select to_jsonb(array[${parts.join(", ")}]) as values`;
    const [row] = await run<{ readonly values: readonly unknown[] }>(sql, texts);
    return row?.values ?? [];
  } catch (cause) {
    if (cause instanceof SqlError && !cause.isUnavailable)
      throw new QueryRefusal("A value does not fit its column.", { cause });
    throw cause;
  }
}
