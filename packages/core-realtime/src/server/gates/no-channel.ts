import type { IRealtimeHandlerRegistry } from "../../seams/handler-registry.seam.js";
import { RealtimeError } from "../../wire/realtime-error.js";

/** The refusal of a name that resolves to nothing: for now, where its channel is disabled. */
export function noChannel(name: string, registry: Pick<IRealtimeHandlerRegistry, "isDisabled">): RealtimeError {
  return new RealtimeError(registry.isDisabled?.(name) ? "CHANNEL_DISABLED" : "CHANNEL_UNKNOWN", { detail: name });
}
