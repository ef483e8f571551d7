import type { RealtimeEnvelope } from "@repo/core-realtime";
import type { EventMessage } from "./event-client.js";

/** An envelope as an event's payload. */
export function eventMessage({ id, channel, sender, at, payload }: RealtimeEnvelope): EventMessage {
  const isObject = typeof payload === "object" && payload !== null && !Array.isArray(payload);
  const meta = {
    channel,
    messageId: id,
    senderType: sender.type,
    senderId: sender.type === "user" ? sender.id : undefined,
    timestamp: new Date(at),
  };
  return { ...(isObject ? payload : { payload }), meta }; // last: only the server sets the sender
}
