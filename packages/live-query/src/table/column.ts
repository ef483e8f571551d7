/** How the values of a column compare, here as in Postgres. `other`: only Postgres can compare them. */
export type ColumnKind = "number" | "integer" | "decimal" | "text" | "uuid" | "boolean" | "time" | "enum" | "other";

/** A column, as the catalogue describes it. */
export interface Column {
  readonly name: string;
  /** Quoted, with its schema, such as `pg_catalog.int4`. */
  readonly type: string;
  readonly kind: ColumnKind;
  /** An array of values of `kind`. */
  readonly isArray: boolean;
  /** Sorted by bytes: text whose collation is C. Always true for what is no text. */
  readonly isByteOrdered: boolean;
  /** As an image has it, this column is text where plain JSON would have a number. */
  readonly isWide: boolean;
  /** Generated when it is read: row images do not have it. */
  readonly isComputed: boolean;
}

const KINDS: Readonly<Record<string, ColumnKind>> = {
  int2: "number",
  int4: "number",
  float4: "number",
  float8: "number",
  int8: "integer",
  numeric: "decimal",
  text: "text",
  varchar: "text",
  uuid: "uuid",
  bool: "boolean",
  timestamptz: "time",
  timestamp: "time",
  date: "time",
};

/** The kind of a base type by its name in pg_catalog. */
export function kindOf(typeName: string, typeType: string): ColumnKind {
  if (typeType === "e") return "enum";
  return Object.hasOwn(KINDS, typeName) ? (KINDS[typeName] ?? "other") : "other";
}
