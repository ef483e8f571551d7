import type { RealtimeErrorCode, Retry, WireError } from "@repo/core-realtime";

/** A refusal as the server put it, or of this client in the same words. */
export class RealtimeRefusal extends Error {
  override readonly name = "RealtimeRefusal";
  readonly code: RealtimeErrorCode;
  readonly retry: Retry;
  readonly retryAfterMs: number | undefined;

  constructor({ code, message, retry, retryAfterMs }: WireError) {
    super(message);
    this.code = code;
    this.retry = retry;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A refusal by this client itself. */
export function refusal(code: RealtimeErrorCode, message: string, retry: Retry = "later"): RealtimeRefusal {
  return new RealtimeRefusal({ code, message, retry });
}
