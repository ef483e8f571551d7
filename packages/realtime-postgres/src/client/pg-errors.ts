import { SqlError } from "./sql-client.js";

/**
 * Classes and codes of SQLSTATE after which the same request may succeed: the connection was lost, the server is full, shutting down,
 * starting, or read-only since a failover; or the statement ran into its time limit.
 */
const UNAVAILABLE = /^(08|53|57P0[1-5]|57014|25006)/;
const SQLSTATE = /^[0-9A-Z]{5}$/;
const NOT_A_SQLSTATE = "EPIPE"; // the only error code of the network that looks like one

/** Any error of a driver as a `SqlError`. */
export function sqlErrorOf(cause: unknown): SqlError {
  if (cause instanceof SqlError) return cause;
  if (cause instanceof TypeError || cause instanceof RangeError) {
    return new SqlError(cause.message, { isUnavailable: false, cause }); // a value that cannot be bound
  }
  const code = codeOf(cause);
  if (code !== undefined && SQLSTATE.test(code) && code !== NOT_A_SQLSTATE) {
    return new SqlError(messageOf(cause), { code, isUnavailable: UNAVAILABLE.test(code), cause });
  }
  return new SqlError(`Postgres cannot be reached: ${messageOf(cause) || code || "no reason given"}.`, {
    isUnavailable: true,
    cause,
  });
}

/** The commit of a transaction in which a statement failed does not fail by itself: it rolls back. */
export function abortedTransaction(cause?: unknown): SqlError {
  const message = "The transaction was rolled back: a statement in it failed, and the error was caught inside of it.";
  return new SqlError(message, { code: "25P02", isUnavailable: false, cause });
}

export function rethrowAsSqlError(cause: unknown): never {
  throw sqlErrorOf(cause);
}

function messageOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(messageOf).join(", "); // one for each address of a name
  return cause instanceof Error ? cause.message : String(cause);
}

function codeOf(cause: unknown): string | undefined {
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return undefined;
  return typeof cause.code === "string" ? cause.code : undefined;
}
