import type { Snapshot } from "./snapshot.js";

/** The whole row as canonical JSON: bigint and numeric (also in arrays and composites) as text, timestamps in UTC. */
export type RowImage = Readonly<Record<string, unknown>>;

/** One row of a watched table that a committed transaction changed. */
export interface RowChange {
  /** Of the transaction. */
  readonly xid: bigint;
  /** The table's oid as text; of partitions, the root's. */
  readonly table: string;
  /** `unknown`: anything in the table may have changed (TRUNCATE, a row over 512 KiB, a statement over 10 000 rows or 16 MiB). */
  readonly kind: "insert" | "update" | "delete" | "unknown";
  /** Of an update or a delete. */
  readonly before: RowImage | undefined;
  /** Of an insert or an update. */
  readonly after: RowImage | undefined;
}

/** All changes that `snapshot` shows and the one of the batch before does not; the changes of one row in their order. */
export interface ChangeBatch {
  /** What this batch, with all before it, shows. */
  readonly snapshot: Snapshot;
  /** Every change since the batch before. */
  readonly changes: readonly RowChange[];
}

/** Receives what changed in the watched tables. */
export interface ChangeConsumer {
  /** The next batch is read when it has resolved. Also called without changes, when the snapshot moved on and `passed()` waits for it. */
  onChanges(batch: ChangeBatch): Promise<void> | void;
  /** Changes were dropped before they were read: everything is to be read again, in a snapshot at least as new as this one. */
  onLost(snapshot: Snapshot): Promise<void> | void;
  /** The feed is behind because the database is away; false: it follows again. */
  onStale?(isStale: boolean): void;
}
