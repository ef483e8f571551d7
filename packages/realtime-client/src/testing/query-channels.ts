import { defineRealtimeChannel } from "@repo/core-realtime";
import { z } from "zod";

const row = z.record(z.string(), z.unknown());

/** The channels of live queries, as the server declares them. */
export const liveQueryChannel = defineRealtimeChannel({
  name: "live-query.{key}",
  scope: "public",
  payload: {
    patch: z.object({ patch: z.array(z.array(z.unknown())) }),
    stale: z.object({ isStale: z.boolean() }),
    truncated: z.object({ isTruncated: z.boolean() }),
  },
  ask: z.object({ query: z.record(z.string(), z.unknown()), have: z.array(z.string()).optional() }),
  errors: { QUERY_REFUSED: z.object({ why: z.string() }) },
});

export const recordsChannel = defineRealtimeChannel({
  name: "records",
  scope: "public",
  payload: z.object({}),
  inbound: {
    fetch: z.object({ query: z.record(z.string(), z.unknown()) }),
    mutate: z.object({ id: z.string(), changes: z.array(z.record(z.string(), z.unknown())) }),
  },
  reply: z.object({ rows: z.array(row.nullable()) }),
  errors: {
    CONFLICT: z.object({ row: row.nullable(), change: z.number() }),
    CHANGE_REFUSED: z.object({ change: z.number(), fault: z.string(), why: z.string() }),
  },
});
