import type { Clock } from "../../seams/clock.js";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { IRealtimeAuthenticator } from "../../seams/authenticator.seam.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";
import { withDeadline } from "./deadline.js";
import type { GateTrace } from "./gate-decision.js";
import type { Guards } from "./guards.js";
import type { Leases } from "../session/leases.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { SessionTable } from "../session/session-table.js";

export interface ConnectGateDeps {
  readonly authenticator: IRealtimeAuthenticator;
  readonly guards: Guards;
  readonly clock: Clock;
  readonly limits: RealtimeLimits;
  readonly sessions: SessionTable;
  readonly leases: Leases;
}

/** Gate 1, after the transport has asked `admit`: who is it? guards. Resolves when the session has its identity; null is an anonymous visitor. */
export async function connectGate(session: RealtimeSession, trace: GateTrace, deps: ConnectGateDeps): Promise<void> {
  await identify({ session, handshake: session.handshake, trace }, deps);
}

/** Gate 1 once more, on a connection that is open: a new token, or the handshake's credentials read again. */
export async function reauthenticate(
  session: RealtimeSession,
  token: string | undefined,
  deps: ConnectGateDeps,
): Promise<void> {
  const handshake = token === undefined ? session.handshake : { ...session.handshake, token };
  await identify({ session, handshake, trace: { by: "" } }, deps);
}

interface Identification {
  readonly session: RealtimeSession;
  readonly handshake: RealtimeHandshake;
  readonly trace: GateTrace;
}

/** Asks who it is, until nobody was expelled between the question and the moment its answer holds. */
async function identify(identification: Identification, deps: ConnectGateDeps): Promise<void> {
  const { session, handshake } = identification;
  const { clock, limits, sessions, leases } = deps;
  const deadline = { clock, ms: limits.handshakeMs, code: "HANDSHAKE_TIMEOUT" } as const;
  for (;;) {
    const { expulsions } = sessions;
    const user = await withDeadline(deadline, () => authenticate(identification, deps));
    if (session.isClosed) throw new RealtimeError("TRANSPORT_LOST"); // hung up while we asked
    if (sessions.expulsions !== expulsions) continue; // the answer may be older than a sign-out
    const before = session.user?.userId;
    session.identify(user, handshake);
    sessions.add(session, before);
    return leases.renew(session);
  }
}

async function authenticate(
  { session: { connectionId }, handshake, trace }: Identification,
  { authenticator, guards, clock }: ConnectGateDeps,
): Promise<RealtimeUser | null> {
  trace.by = "authenticator";
  const user = await authenticator.authenticate(handshake);
  if (user?.expiresAt !== undefined && user.expiresAt <= clock.now()) throw new RealtimeError("SESSION_EXPIRED");
  await guards.connect({ connectionId, user, handshake }, trace);
  return user;
}
