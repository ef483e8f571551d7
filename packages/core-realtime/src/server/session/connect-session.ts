import { PROTOCOL_VERSION, type ConnectedFrame } from "../../wire/frames.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import { connectGate } from "../gates/connect.gate.js";
import { beginDecision, UNOBSERVED } from "../gates/gate-decision.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { ReceiverDeps } from "./gateway-deps.js";
import type { RealtimeSession } from "./realtime-session.js";
import type { Replies } from "./replies.js";

/** Gate 1 of one session. Resolves with true when the `connected` frame was sent, with false when the session has ended. */
export async function connectSession(session: RealtimeSession, replies: Replies, deps: ReceiverDeps): Promise<boolean> {
  const { observer, limits } = deps;
  const { connectionId } = session;
  const decide = observer.isObserved("decided") ? beginDecision({ gate: "connect", connectionId }, deps) : UNOBSERVED;
  try {
    decide.trace.by = "origin";
    const refused = deps.admit(session.handshake);
    if (refused) throw refused;
    const connected = connectGate(session, decide.trace, deps);
    if (connected) await connected;
    decide.end();
  } catch (error) {
    const refusal = replies.observeRefusal(error);
    decide.end(refusal);
    const closes = refusal.closeCode !== null;
    session.end(closes ? refusal : new RealtimeError("CONNECT_REFUSED", { detail: refusal.message }));
    return false;
  }
  if (session.isClosed) return false; // expelled before anything was sent
  session.connection.send(connectedFrame(session, limits));
  if (observer.isObserved("connected")) observer.observe({ kind: "connected", connection: session.facts });
  return true;
}

/** What a client receives when gate 1 was passed. */
function connectedFrame({ connectionId, user }: RealtimeSession, { pingMs }: RealtimeLimits): ConnectedFrame {
  return {
    type: "connected",
    protocol: PROTOCOL_VERSION,
    connectionId,
    userId: user?.userId ?? null,
    ...(user?.expiresAt !== undefined && { expiresAt: user.expiresAt }),
    pingMs,
  };
}
