/** A change of a collection, as the server sends it. */
export type CollectionChange<Row> =
  | { readonly kind: "put"; readonly row: Row; readonly mutationId?: string | undefined }
  | {
      readonly kind: "remove";
      readonly id: string;
      readonly version?: number | undefined;
      readonly mutationId?: string | undefined;
    };

/** What is sent with a mutation, besides the change. */
export interface Mutation {
  /** To be sent back in the echo. */
  readonly mutationId: string;
  /** The row, under the id that the server gave it; of a create, the temporary one. */
  readonly id: string;
  /** The version that the change was made upon, so that a server can refuse what is outdated. */
  readonly baseVersion: number | undefined;
}

/** Sends the change to the server. Resolves with the row as it is now, or with nothing: then the row is taken as it was shown. */
export type Commit<Row> = (mutation: Mutation) => Promise<Row | undefined>;

/** A local change that is not settled. */
export interface PendingChange {
  /** What is done to the row. */
  readonly kind: "create" | "update" | "delete";
  /** The id that its echo carries. */
  readonly mutationId: string;
  /** Another client has changed the row since. */
  readonly isOutdated: boolean;
}

/** How to read a row. */
export interface RowReading<Row> {
  /** The key of a row. */
  readonly key: (row: Row) => string;
  /** Counts up with each change of the row; leave out where there is no such thing. */
  readonly version?: ((row: Row) => number) | undefined;
  /**
   * The mutation that made the row, where rows keep it. Needed where the server gives ids: a copy may hold a row that was created here
   * and that the server has not replied to yet; only this shows that they are the same row. Rows whose ids the client makes need it not.
   */
  readonly madeBy?: ((row: Row) => string | undefined) | undefined;
}

/** Where the last copy of everything stands. */
export type CopyState =
  /** None was requested. */
  | { readonly status: "none" }
  /** The first is under way. */
  | { readonly status: "loading" }
  | { readonly status: "loaded" }
  /** It could not be loaded: what is shown may be incomplete or old. */
  | { readonly status: "failed"; readonly error: unknown };
