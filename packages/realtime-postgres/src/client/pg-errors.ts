import { SqlError } from "./sql-client.js";

/** Classes and codes of SQLSTATE after which the same request may succeed: the server is away, shutting down, or full. */
const UNAVAILABLE = /^(08|57P0[1-5]|53300|25006)/;
const NETWORK = /^E[A-Z]+$/; // ECONNREFUSED, ECONNRESET, EPIPE, ETIMEDOUT …

/** Any error of a driver as a `SqlError`. */
export function sqlErrorOf(cause: unknown): SqlError {
  if (cause instanceof SqlError) return cause;
  const code = codeOf(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  if (code === undefined || NETWORK.test(code)) return new SqlError(message, { isUnavailable: true, cause });
  return new SqlError(message, { code, isUnavailable: UNAVAILABLE.test(code), cause });
}

function codeOf(cause: unknown): string | undefined {
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return undefined;
  return typeof cause.code === "string" ? cause.code : undefined;
}
