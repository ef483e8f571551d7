import { RealtimeError, refuse } from "@repo/core-realtime";
import { SqlError } from "@repo/realtime-postgres";
import type { recordsChannel } from "./mutations/records-channel.js";
import { liveQueryChannel } from "./query/live-query-channel.js";
import { QueryRefusal } from "./query/query-refusal.js";

const RETRY_AFTER_MS = 1_000;
const TIMED_OUT = "57014"; // SQLSTATE
const FORBIDDEN = "42501";
const UNFIT = /^(0A|22|42|54)/; // not supported, a wrong value, a wrong operator, too complex

/** Throws a failure of a query as a client of the channel receives it; what is no fault of the query is thrown as it is. */
export function throwRefusal(
  cause: unknown,
  channel: typeof liveQueryChannel | typeof recordsChannel = liveQueryChannel,
): never {
  const why = whyRefused(cause);
  if (why !== undefined)
    refuse<typeof liveQueryChannel | typeof recordsChannel, "QUERY_REFUSED">(channel, "QUERY_REFUSED", { why });
  throw retryable(cause);
}

/** The same, as a value. */
export function refusalOf(cause: unknown): RealtimeError {
  try {
    return throwRefusal(cause);
  } catch (refusal) {
    return refusal instanceof RealtimeError ? refusal : new RealtimeError("INTERNAL_ERROR", { cause: refusal });
  }
}

/** The sentence of a refusal; undefined where the failure is not the query's. */
export function whyRefused(cause: unknown): string | undefined {
  if (cause instanceof QueryRefusal) return cause.message;
  if (!(cause instanceof SqlError)) return undefined;
  if (cause.code === TIMED_OUT) return "The query took too long.";
  if (cause.isUnavailable) return undefined;
  if (cause.code === FORBIDDEN) return "The user's role may not read all of these columns.";
  return UNFIT.test(cause.code ?? "") ? "The query's values or operators do not fit its columns." : undefined;
}

/** A database that is away is worth another try. */
export function retryable(cause: unknown): unknown {
  if (!(cause instanceof SqlError) || !cause.isUnavailable) return cause;
  return new RealtimeError("INTERNAL_ERROR", { detail: "the database is away", retryAfterMs: RETRY_AFTER_MS, cause });
}
