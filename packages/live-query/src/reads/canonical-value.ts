import { decimalText } from "./decimal-text.js";

/**
 * How a column's values stand in a `RowImage`: two are equal in SQL exactly where these are equal as JSON, decimal numbers by their
 * `decimalText`.
 */
export type ValueKind = "integer" | "bigint" | "decimal" | "text" | "uuid" | "boolean";

/** A value as a driver takes it → as it stands in a `RowImage`, a decimal number without needless zeros. Undefined where only Postgres can decide. */
export function canonicalValue(kind: ValueKind, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case "integer":
    case "bigint":
      return integer(kind, value);
    case "decimal":
      return isPlain(value) ? decimalText(String(value)) : undefined;
    case "text":
      return isPlain(value) ? String(value) : undefined;
    case "uuid":
      return typeof value === "string" ? uuid(value) : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
  }
}

function integer(kind: "integer" | "bigint", value: unknown): number | string | undefined {
  if (!isPlain(value)) return undefined;
  const text = String(value).trim();
  if (!INTEGER.test(text)) return undefined;
  return kind === "bigint" ? String(BigInt(text)) : Number(text);
}

function uuid(value: string): string | undefined {
  return UUID.test(value) ? value.toLowerCase() : undefined; // Postgres reads other spellings too
}

function isPlain(value: unknown): value is string | number | bigint | boolean {
  return ["string", "number", "bigint", "boolean"].includes(typeof value);
}

const INTEGER = /^-?\d{1,20}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
