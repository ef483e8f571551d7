/** One row of a watched table that a committed transaction changed. */
export interface RowChange {
  readonly xid: bigint;
  /** The table's oid as text. */
  readonly table: string;
  /** Unknown: anything in the table may have changed. */
  readonly kind: "insert" | "update" | "delete" | "unknown";
  readonly before: RowImage | undefined;
  readonly after: RowImage | undefined;
}

/** The whole row, as canonical JSON. */
export type RowImage = Readonly<Record<string, unknown>>;
