import { ERROR_CODES } from "../../wire/error-codes.js";
import type { RealtimeError } from "../../wire/realtime-error.js";

/** The HTTP status of a refused request: 503 where the client is to come back later, else 403. */
export function refusalStatus({ code }: RealtimeError): 403 | 503 {
  return ERROR_CODES[code].retry === "later" ? 503 : 403;
}

/** The headers of a refused request: after how many seconds to come back, where that is known (RFC 9110 § 10.2.3). */
export function refusalHeaders(refusal: RealtimeError | undefined): Readonly<Record<string, string>> {
  const { retryAfterMs } = refusal ?? {};
  return retryAfterMs === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterMs / 1_000)) };
}
