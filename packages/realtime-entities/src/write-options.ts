/** Options of a write; the repository receives them too. */
export interface WriteOptions {
  /** The caller's id for this write; the events carry it. */
  readonly mutationId?: string | undefined;
  /** The version that the write was made upon: where the record has moved on, the write is refused with `CONFLICT`. */
  readonly baseVersion?: number | undefined;
  /** The user who writes; shown as the sender of the events. */
  readonly by?: string | undefined;
}
