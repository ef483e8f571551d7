import type { ChannelStatus } from "../channel/channel-state.js";
import type { RealtimeRefusal } from "../realtime-refusal.js";
import type { NamedQuery, QueryNode, Row } from "./query-node.js";

/** What is known of a query's result; a new object whenever something changes. Rows that have not changed stay the same objects. */
export interface QuerySnapshot<Result = Row> {
  /** The rows as they stand. */
  readonly rows: readonly Result[];
  /** `subscribing` until the result is complete, and again while the connection is away; the rows stay. */
  readonly status: ChannelStatus;
  /** The rows may be old: the connection or the server's database is away. */
  readonly isStale: boolean;
  /** There are more rows than the server sends for a query without a limit. */
  readonly isTruncated: boolean;
  /** Why it was refused, or why the server ended it for now. */
  readonly error?: RealtimeRefusal | undefined;
}

/** Rows that a server has read for a page: painted at once, then brought up to date. */
export interface PreloadedQuery<Result = Row> {
  /** The query that was preloaded. */
  readonly query: QueryNode | NamedQuery;
  /** The columns that identify a row. */
  readonly key: readonly string[];
  /** Its rows. */
  readonly rows: readonly Result[];
}

/** The snapshot of every query of which nothing is known: neither rows, nor that there are none, nor why there is no result. */
export const PENDING: QuerySnapshot<never> = { rows: [], status: "subscribing", isStale: false, isTruncated: false };
