import { defineGenericChannel, type Schema } from "@repo/core-realtime";
import { z } from "zod";
import type { AnyQuery, Row } from "./query-node.js";
import type { Patch } from "./operation.js";
import { querySchema } from "./query-schema.js";
import { made } from "./made-schema.js";

export const MAX_HAVE = 500; // digests that a reconnect may state: 6 kB

/** What a subscriber of a live query passes. */
export interface LiveQueryAsk {
  /** What the subscriber wants to follow. */
  readonly query: AnyQuery;
  /** The digests of the rows that it shows, in their order; it receives what has changed since then. */
  readonly have?: readonly string[] | undefined;
}

const askSchema: z.ZodType<LiveQueryAsk> = z.strictObject({
  query: querySchema,
  have: z.array(z.string().max(16)).max(MAX_HAVE).optional(),
});

/** What it receives with the reply: all rows, or a patch of those that it has. */
export type LiveQueryOpening = { readonly key: readonly string[]; readonly isTruncated?: true } & (
  { readonly rows: readonly Row[] } | { readonly patch: Patch }
);

/** The result of one query, as it is now and as it changes. The key in its name is the client's; the server reads the query. */
export const liveQueryChannel = defineGenericChannel({
  name: "live-query.{key}",
  scope: "public", // row-level security decides
  payload: {
    patch: made<{ readonly patch: Patch }>(),
    /** The result may be old: the database is away, or a query failed. A patch follows, and then false. */
    stale: made<{ readonly isStale: boolean }>(),
    /** There are more rows than the table's `maxRows`, and the query has no limit of its own; or there are not any more. */
    truncated: made<{ readonly isTruncated: boolean }>(),
  },
  ask: askSchema as Schema<LiveQueryAsk>,
  opening: made<LiveQueryOpening>(),
  errors: { QUERY_REFUSED: z.object({ why: z.string() }) },
});
