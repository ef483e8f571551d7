import { RealtimeError, type RealtimeUser } from "@repo/core-realtime";
import type { LiveQueries } from "./live-queries.js";
import type { AnyQuery, Row } from "./query/query-node.js";
import { querySchema } from "./query/query-schema.js";

/** What a Server Component passes to `useQuery`; serialisable. */
export interface PreloadedQuery<Result = Row> {
  /** What was read. */
  readonly query: AnyQuery;
  /** The columns that identify a row. */
  readonly key: readonly string[];
  /** The result on the server, shown until the query is live. */
  readonly rows: readonly Result[];
}

/** A query as JSON, or what the client's builder has made of one, which has the type of its rows. */
export type PreloadableQuery<Result = unknown> =
  AnyQuery | { readonly node: object; readonly fetch: () => Promise<readonly Result[]> };

/**
 * Reads a query for the first paint. The hook subscribes with the rows that it has been given, and receives what has changed since. Passes
 * no gate: the page has to authenticate its visitor; row-level security decides as for a client.
 * @example <Thread preloaded={await preloadQuery(live, query("annotations").where("widget_id", id).limit(50), user)} />
 */
export async function preloadQuery<Result = Row>(
  live: Pick<LiveQueries, "fetch">,
  given: PreloadableQuery<Result>,
  user: RealtimeUser | null,
): Promise<PreloadedQuery<Result>> {
  const query = queryOf("node" in given ? given.node : given);
  const { rows, key } = await live.fetch(query, user);
  return { query, key, rows: rows as readonly Result[] }; // the caller's types describe the table
}

/** As a client's: a page may have built it of what its visitor sent. */
function queryOf(given: object): AnyQuery {
  const parsed = querySchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new RealtimeError("PAYLOAD_INVALID", { detail: parsed.error.issues.map(({ message }) => message).join("; ") });
}
