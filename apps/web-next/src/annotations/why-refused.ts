import { RealtimeRefusal } from "@repo/realtime-client";
import { isChangeRefusal } from "@repo/realtime-client/query";

/** Why a change was not made, as text. */
export function whyRefused(cause: unknown): string {
  if (isChangeRefusal(cause)) return cause.data.why;
  if (cause instanceof RealtimeRefusal && cause.code === "TRANSPORT_LOST")
    return "The connection was lost before there was a reply.";
  return cause instanceof Error ? cause.message : String(cause);
}
