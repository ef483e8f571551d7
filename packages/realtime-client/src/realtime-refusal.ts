import type { RealtimeErrorCode, Retry, WireError } from "@repo/core-realtime";

/** A refusal as the server put it, or of this client under a code of the same table. */
export class RealtimeRefusal extends Error {
  override readonly name = "RealtimeRefusal";
  declare readonly code: RealtimeErrorCode;
  declare readonly retry: Retry;
  declare readonly retryAfterMs?: number | undefined;

  constructor(error: WireError) {
    super(error.message);
    Object.assign(this, error);
  }
}

/** A refusal by this client itself. It has no sentence: the table of codes would not fit into a small bundle. */
export function refusal(code: RealtimeErrorCode, retry: Retry = "never"): RealtimeRefusal {
  return new RealtimeRefusal({ code, message: code, retry });
}
