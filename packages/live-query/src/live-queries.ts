import type { Clock, IRealtimeGuard, IRealtimeHandlerRegistry, RealtimeUser } from "@repo/core-realtime";
import type { ChangeFeed, IdentityOptions, SqlClient } from "@repo/realtime-postgres";
import type { MutationResult } from "./mutations/mutation-writer.js";
import type { Mutation } from "./mutations/record-change.js";
import type { LiveQuery } from "./named/live-query.js";
import type { AnyQuery, Row } from "./query/query-node.js";
import type { QueryResult } from "./record-reader.js";
import type { LiveTable } from "./table/live-table.js";

/** What clients may query, and where. */
export interface LiveQueriesOptions extends IdentityOptions {
  /** The database, migrated. The app opens and closes it. */
  readonly client: SqlClient;
  /** Default: one of its own, which is started and closed with the queries. */
  readonly feed?: ChangeFeed | undefined;
  /** The tables that clients may query. */
  readonly tables?: readonly LiveTable[];
  /** Queries that the server has written; clients call them by name. */
  readonly queries?: readonly LiveQuery[];
  /** A query that runs longer is refused; default 5 000 ms. PGlite has no such limit. */
  readonly timeoutMs?: number;
  /** Queries and mutations that run at the same time; default 4, of the ten connections that a pool has. One user has half of them at most. */
  readonly maxRunning?: number;
  /** Failures without a receiver: a failed run of a query, a policy that cannot be decided. Default: the console. */
  readonly onError?: (cause: unknown) => void;
  /** The time; default: that of the system. */
  readonly clock?: Clock;
}

/** Live queries on one node. */
export interface LiveQueries {
  /** To be added to the node's guards. */
  readonly guard: IRealtimeGuard;
  /** Registers the channels; returns the undo. */
  bind(registry: IRealtimeHandlerRegistry): () => void;
  /** The rows of a query, as this user sees them now. Rejects with a `RealtimeError`, REFUSED where the query is. */
  fetch(query: AnyQuery, user: RealtimeUser | null): Promise<QueryResult>;
  /** The row with this key; null where the user sees none. Rejects as `fetch` does. */
  find(table: string, id: string, user: RealtimeUser | null): Promise<Row | null>;
  /** Makes changes as this user, together or not at all, once per id. Rejects with a `RealtimeError`, REFUSED where one is refused. */
  mutate(mutation: Mutation, user: RealtimeUser | null): Promise<MutationResult>;
  /** Checks whether policies, privileges or tables have been changed; this happens by itself every five seconds. */
  checkCatalogue(): Promise<void>;
  /** Different results that this node keeps up to date. */
  readonly openQueries: number;
  /** Reads the tables and starts the feed. Rejects with a `TypeError` that states what to do where a table cannot be live. */
  start(): Promise<void>;
  /** Ends every query of this node. */
  close(): Promise<void>;
}
