import type { CollectionChange, PendingChange } from "./collection-change.js";
import type { Pending } from "./overlay.js";
import type { Rows } from "./row-base.js";
import type { RowIds } from "./row-ids.js";
import type { RowVersions } from "./row-versions.js";

/** A local change of a row. */
export interface RowMutation<Row> {
  readonly kind: PendingChange["kind"];
  /** The id at that time: perhaps a temporary one. */
  readonly id: string;
  /** How it is shown. */
  readonly apply: (rows: Rows<Row>) => Rows<Row>;
  /** The change of the base where the server's reply does not carry the row. */
  readonly taken: (base: Rows<Row>, reply: unknown) => CollectionChange<Row> | undefined;
}

/** A local change that is not settled. */
export interface PendingMutation<Row> extends RowMutation<Row>, Pending<Rows<Row>> {
  /** The version that it is based on. */
  baseVersion: number | undefined;
}

export function createMutation<Row>(id: string, row: Row): RowMutation<Row> {
  return {
    kind: "create",
    id,
    apply: (rows) => new Map(rows).set(id, row),
    taken: () => ({ kind: "put", row }),
  };
}

export function updateMutation<Row>(ids: RowIds, id: string, change: (row: Row) => Row): RowMutation<Row> {
  const changed = (rows: Rows<Row>): Row | undefined => {
    const row = rows.get(ids.of(id));
    return row === undefined ? undefined : change(row); // another client has deleted it: nothing to change
  };
  return {
    kind: "update",
    id,
    apply(rows) {
      const row = changed(rows);
      return row === undefined ? rows : new Map(rows).set(ids.of(id), row);
    },
    taken(base) {
      const row = changed(base);
      return row === undefined ? undefined : { kind: "put", row };
    },
  };
}

export function deleteMutation<Row>(ids: RowIds, id: string, versions: RowVersions): RowMutation<Row> {
  const last = versions.removals.get(ids.of(id));
  return {
    kind: "delete",
    id,
    apply(rows) {
      const left = new Map(rows);
      left.delete(ids.of(id));
      return left;
    },
    taken: (_, reply) => versions.removalBy<Row>(reply, ids.of(id), last),
  };
}
