import type { Clock, IRealtimeGuard, IRealtimeHandlerRegistry } from "@repo/core-realtime";
import type { ChangeFeed, IdentityOptions, SqlClient } from "@repo/realtime-postgres";
import type { LiveTable } from "./table/live-table.js";

export interface LiveQueriesOptions extends IdentityOptions {
  /** The database, migrated. The app opens and closes it. */
  readonly client: SqlClient;
  /** Default: one of its own, which is started and closed with the queries. */
  readonly feed?: ChangeFeed | undefined;
  readonly tables?: readonly LiveTable[];
  /** A query that runs longer is refused; default 5 000 ms. PGlite knows no such limit. */
  readonly timeoutMs?: number;
  /** Queries that run at the same time; default 4, of the ten connections that a pool has. */
  readonly maxRunning?: number;
  /** What nobody receives: a failed run of a query, a policy that cannot be decided. Default: the console. */
  readonly onError?: (cause: unknown) => void;
  readonly clock?: Clock;
}

/** Live queries on one node. */
export interface LiveQueries {
  /** To be among the node's guards. */
  readonly guard: IRealtimeGuard;
  /** Registers the channels; returns the undo. */
  bind(registry: IRealtimeHandlerRegistry): () => void;
  /** Reads the tables and starts the feed. Rejects with a `TypeError` that says what to do where a table cannot be live. */
  start(): Promise<void>;
  close(): Promise<void>;
}
