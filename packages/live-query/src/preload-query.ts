import type { RealtimeUser } from "@repo/core-realtime";
import type { LiveQueries } from "./live-queries.js";
import type { AnyQuery, Row } from "./query/query-node.js";

/** What a Server Component hands to `useQuery`; serialisable. */
export interface PreloadedQuery<Result = Row> {
  readonly query: AnyQuery;
  /** The columns that identify a row. */
  readonly key: readonly string[];
  readonly rows: readonly Result[];
}

/** A query, or what the client's builder has made of one. */
export type PreloadableQuery = AnyQuery | { readonly node: AnyQuery };

/**
 * Reads a query for the first paint. The hook subscribes with the rows that it has been given, and receives what has changed since. Passes
 * no gate: the page has to authenticate its visitor; row-level security decides as for a client.
 * @example <Thread preloaded={await preloadQuery<Annotation>(live, { table: "annotations", limit: 50 }, user)} />
 */
export async function preloadQuery<Result = Row>(
  live: Pick<LiveQueries, "fetch">,
  query: PreloadableQuery,
  user: RealtimeUser | null,
): Promise<PreloadedQuery<Result>> {
  const node = "node" in query ? query.node : query;
  const { rows, key } = await live.fetch(node, user);
  return { query: node, key, rows: rows as readonly Result[] }; // the caller's types say what the table has
}
