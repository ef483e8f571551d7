import type { RealtimeSender } from "./envelope.js";
import type { RealtimeUser } from "../seams/realtime-user.js";

/** The sender of what a handler broadcasts on a client's behalf. An anonymous sender is a user without a name, not the system. */
export function senderOf(user: RealtimeUser | null): RealtimeSender {
  return user ? { type: "user", id: user.userId } : { type: "user" };
}
