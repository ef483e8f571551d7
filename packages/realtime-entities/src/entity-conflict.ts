import { RealtimeError } from "@repo/core-realtime";

/** The `reason` of a conflict's refusal; its `data` is `{ id }`. A channel that declares it in `errors` has it typed in its clients. */
export const CONFLICT = "CONFLICT";

/** The refusal of a write that was made upon an outdated record. */
export function entityConflict(id: string): RealtimeError {
  return new RealtimeError("REFUSED", {
    detail: `Another user has changed ${id} meanwhile.`,
    reason: CONFLICT,
    data: { id },
  });
}
