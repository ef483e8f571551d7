import { RealtimeError } from "@repo/core-realtime";

/** What a conflict's detail begins with: a client tells it from other refusals by this. */
export const CONFLICT = "CONFLICT";

/** The refusal of a write that was made upon an outdated record. */
export function entityConflict(id: string): RealtimeError {
  return new RealtimeError("REFUSED", { detail: `${CONFLICT}: Somebody else has changed it meanwhile (${id}).` });
}
