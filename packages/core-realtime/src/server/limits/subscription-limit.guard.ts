import { RealtimeError } from "../../wire/realtime-error.js";
import type { IRealtimeGuard } from "../../seams/guard.seam.js";

/** At most so many subscriptions a connection. */
export function subscriptionLimitGuard(max: number): IRealtimeGuard {
  return {
    subscribe({ subscriptions }) {
      if (subscriptions >= max) throw new RealtimeError("TOO_MANY_SUBSCRIPTIONS", { detail: `${max}` });
    },
  };
}
