import { RealtimeRefusal } from "../realtime-refusal.js";

/** A refusal since the row has another version than expected, or is gone. */
export interface Conflict<Row> {
  readonly code: "REFUSED";
  readonly reason: "CONFLICT";
  /** The row as it is now, null where it is gone or hidden; `change` is the index of the change in its transaction. */
  readonly data: { readonly row: Row | null; readonly change: number };
}

/** A refusal of a change by a permission, a schema or a constraint. */
export interface ChangeRefusal {
  readonly code: "REFUSED";
  readonly reason: "CHANGE_REFUSED";
  readonly data: { readonly change: number; readonly why: string; readonly column?: string };
}

/**
 * Whether a mutation was refused since somebody else was first.
 * @example if (isConflict<Annotation>(error)) merge(error.data.row);
 */
export function isConflict<Row = Readonly<Record<string, unknown>>>(
  error: unknown,
): error is RealtimeRefusal & Conflict<Row> {
  return error instanceof RealtimeRefusal && error.reason === "CONFLICT";
}

/** Whether a change was refused; `error.data` says which and why. */
export function isChangeRefusal(error: unknown): error is RealtimeRefusal & ChangeRefusal {
  return error instanceof RealtimeRefusal && error.reason === "CHANGE_REFUSED";
}
