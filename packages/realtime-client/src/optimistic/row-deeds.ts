import type { CollectionChange, PendingChange } from "./collection-change.js";
import type { Pending } from "./overlay.js";
import type { Rows } from "./row-base.js";
import type { RowIds } from "./row-ids.js";
import type { RowVersions } from "./row-versions.js";

/** What one does to a row. */
export interface Deed<Row> {
  readonly kind: PendingChange["kind"];
  /** As it was when one did it: perhaps a temporary id. */
  readonly id: string;
  /** How it is shown. */
  readonly apply: (rows: Rows<Row>) => Rows<Row>;
  /** What becomes of the row where the server's answer is silent about it. */
  readonly taken: (base: Rows<Row>, reply: unknown) => CollectionChange<Row> | undefined;
}

/** A deed under way. */
export interface OwnDeed<Row> extends Deed<Row>, Pending<Rows<Row>> {
  /** The version that it was done upon. */
  baseVersion: number | undefined;
}

export function createDeed<Row>(id: string, row: Row): Deed<Row> {
  return {
    kind: "create",
    id,
    apply: (rows) => new Map(rows).set(id, row),
    taken: () => ({ kind: "put", row }),
  };
}

export function updateDeed<Row>(ids: RowIds, id: string, change: (row: Row) => Row): Deed<Row> {
  const changed = (rows: Rows<Row>): Row | undefined => {
    const row = rows.get(ids.of(id));
    return row === undefined ? undefined : change(row); // somebody has deleted it: nothing to change
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

export function deleteDeed<Row>(ids: RowIds, id: string, versions: RowVersions): Deed<Row> {
  return {
    kind: "delete",
    id,
    apply(rows) {
      const left = new Map(rows);
      left.delete(ids.of(id));
      return left;
    },
    taken: (_, reply) => ({ kind: "remove", id: ids.of(id), version: versions.ofRemoval(ids.of(id), reply) }),
  };
}
