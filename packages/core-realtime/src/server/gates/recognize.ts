import type { IRealtimeAuthenticator } from "../../seams/authenticator.seam.js";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { DeadlineQueue } from "./deadline-queue.js";
import { withDeadline } from "./deadline.js";

export interface RecognizeDeps {
  readonly authenticator: IRealtimeAuthenticator;
  readonly deadlines: DeadlineQueue;
  readonly limits: Pick<RealtimeLimits, "handshakeMs">;
}

/** Whether the authenticator finds in this handshake the user and the sign-in of the session. Rejects where the authenticator does. */
export async function recognize(
  { user }: RealtimeSession,
  handshake: RealtimeHandshake,
  { authenticator, deadlines, limits }: RecognizeDeps,
): Promise<boolean> {
  const deadline = { deadlines, ms: limits.handshakeMs, code: "HANDSHAKE_TIMEOUT" } as const;
  const shown = await withDeadline(deadline, async () => authenticator.authenticate(handshake));
  return shown?.userId === user?.userId && shown?.sessionId === user?.sessionId;
}
