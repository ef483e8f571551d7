import { RealtimeError } from "@repo/core-realtime";
import { SqlError } from "./client/sql-client.js";

const RETRY_AFTER_MS = 1_000;

/** A failure of the database as the caller receives it: where the server is away, it is worth another try. */
export function refusalOfFailure(cause: unknown): unknown {
  if (!(cause instanceof SqlError) || !cause.isUnavailable) return cause;
  return new RealtimeError("INTERNAL_ERROR", { detail: "the database is away", retryAfterMs: RETRY_AFTER_MS, cause });
}
