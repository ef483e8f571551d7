/** A change of a collection, as the server tells it. */
export type CollectionChange<Row> =
  | { readonly kind: "put"; readonly row: Row; readonly mutationId?: string | undefined }
  | {
      readonly kind: "remove";
      readonly id: string;
      readonly version?: number | undefined;
      readonly mutationId?: string | undefined;
    };

/** What the server is told of a mutation, besides the change. */
export interface Mutation {
  /** To be said again in the echo. */
  readonly mutationId: string;
  /** The row, under the id that the server gave it; of a create, the temporary one. */
  readonly id: string;
  /** The version that the change was made upon, so that a server can refuse what is outdated. */
  readonly baseVersion: number | undefined;
}

/** Tells the server. Resolves with the row as it is now, or with nothing: then what was shown is taken for granted. */
export type Commit<Row> = (mutation: Mutation) => Promise<Row | undefined>;

/** A change of one's own that is not settled. */
export interface PendingChange {
  readonly kind: "create" | "update" | "delete";
  readonly mutationId: string;
  /** The row has been changed by somebody else since. */
  readonly isOutdated: boolean;
}

/** How to read a row. */
export interface RowReading<Row> {
  readonly key: (row: Row) => string;
  /** Counts up with each change of the row; leave out where there is no such thing. */
  readonly version?: ((row: Row) => number) | undefined;
  /**
   * The mutation that made the row, where rows keep it. Needed where the server gives ids: a copy may hold a row that one has made
   * and that the server has not answered yet, and only this tells that they are one. Rows whose ids the client makes need it not.
   */
  readonly madeBy?: ((row: Row) => string | undefined) | undefined;
}

/** Where the last copy of everything stands. */
export type CopyState =
  /** None was asked for. */
  | { readonly status: "none" }
  /** The first is under way. */
  | { readonly status: "loading" }
  | { readonly status: "loaded" }
  /** It could not be loaded: what is shown may be incomplete or old. */
  | { readonly status: "failed"; readonly error: unknown };
