import { RealtimeRefusal } from "../realtime-refusal.js";

/** A refusal because the row has another version than expected, or was deleted. */
export interface Conflict<Row> {
  /** Always `REFUSED`. */
  readonly code: "REFUSED";
  /** Always a conflict: the row has changed meanwhile. */
  readonly reason: "CONFLICT";
  /** The row as it is now, null where it was deleted or is hidden; `change` is the index of the change in its transaction. */
  readonly data: { readonly row: Row | null; readonly change: number };
}

/** A refusal of a change by a permission, a schema or a constraint. */
export interface ChangeRefusal {
  /** Always `REFUSED`; `reason` has the cause. */
  readonly code: "REFUSED";
  /** Why the change is refused. */
  readonly reason: "CHANGE_REFUSED";
  /** What belongs to the reason. */
  readonly data: {
    readonly change: number;
    readonly fault: "forbidden" | "missing" | "invalid" | "duplicate" | "reference";
    readonly why: string;
  };
}

/**
 * Whether a mutation was refused because the row has been changed or deleted.
 * @example if (isConflict<Annotation>(error)) merge(error.data.row);
 */
export function isConflict<Row = Readonly<Record<string, unknown>>>(
  error: unknown,
): error is RealtimeRefusal & Conflict<Row> {
  return error instanceof RealtimeRefusal && error.reason === "CONFLICT";
}

/** Whether a change was refused; `error.data` has its index and the reason. */
export function isChangeRefusal(error: unknown): error is RealtimeRefusal & ChangeRefusal {
  return error instanceof RealtimeRefusal && error.reason === "CHANGE_REFUSED";
}
