import { PROTOCOL_VERSION, type ConnectedFrame } from "../../wire/frames.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { RealtimeSession } from "./realtime-session.js";

/** What a client is told when gate 1 was passed. */
export function connectedFrame({ connectionId, user }: RealtimeSession, { pingMs }: RealtimeLimits): ConnectedFrame {
  return {
    type: "connected",
    protocol: PROTOCOL_VERSION,
    connectionId,
    userId: user?.userId ?? null,
    ...(user?.expiresAt !== undefined && { expiresAt: user.expiresAt }),
    pingMs,
  };
}
