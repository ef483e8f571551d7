import { defineGenericChannel, type Schema } from "@repo/core-realtime";
import { z } from "zod";
import { made } from "../query/made-schema.js";
import type { AnyQuery, Row } from "../query/query-node.js";
import { querySchema } from "../query/query-schema.js";
import { mutationSchema, type Mutation } from "./record-change.js";

/** The rows of a query, or of a mutation: one per change, null for a deleted row. */
export interface RecordsReply {
  /** In the order of the changes. */
  readonly rows: readonly (Row | null)[];
  /** Of a query: the columns that identify rows. */
  readonly key?: readonly string[];
  /** Of a query without a limit: there are more rows. */
  readonly isTruncated?: true;
}

/** Why a change was refused. */
export type ChangeFault = "forbidden" | "missing" | "invalid" | "duplicate" | "reference";

/** One-time queries and changes of rows. */
export const recordsChannel = defineGenericChannel({
  name: "records",
  scope: "public", // row-level security decides
  payload: made<never>(),
  inbound: {
    fetch: z.strictObject({ query: querySchema }) as Schema<{ readonly query: AnyQuery }>,
    mutate: mutationSchema as Schema<Mutation>,
  },
  reply: made<RecordsReply>(),
  errors: {
    QUERY_REFUSED: z.object({ why: z.string() }),
    /** The row has another version than the change expects, or is gone. `change`: its place among the changes. */
    CONFLICT: z.object({ change: z.number(), row: z.record(z.string(), z.json()).nullable() }),
    CHANGE_REFUSED: z.object({
      change: z.number(),
      fault: z.enum(["forbidden", "missing", "invalid", "duplicate", "reference"]),
      why: z.string(),
    }),
  },
});
