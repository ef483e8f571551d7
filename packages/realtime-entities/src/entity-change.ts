/** One write to one record, as the event bus carries it: published after the commit, never before. */
export type EntityChange<Row = unknown> =
  | (ChangeOf & { readonly kind: "created" | "updated"; readonly record: Row })
  | (ChangeOf & { readonly kind: "deleted" });

interface ChangeOf {
  readonly id: string;
  /** Counts up with each change of the record; a deletion counts too. */
  readonly version: number;
  /** The caller's own id of this write, by which it recognises the echo. */
  readonly mutationId?: string | undefined;
  /** The user who wrote. */
  readonly by?: string | undefined;
}
