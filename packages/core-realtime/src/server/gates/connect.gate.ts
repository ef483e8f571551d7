import type { Clock } from "../../seams/clock.js";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { IRealtimeAuthenticator } from "../../seams/authenticator.seam.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";
import { withDeadline } from "./deadline.js";
import type { Guards } from "./guards.js";
import type { Leases } from "../session/leases.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { SessionTable } from "../session/session-table.js";

export interface ConnectGateDeps {
  readonly admit: (handshake: RealtimeHandshake) => RealtimeError | undefined;
  readonly authenticator: IRealtimeAuthenticator;
  readonly guards: Guards;
  readonly clock: Clock;
  readonly limits: RealtimeLimits;
  readonly sessions: SessionTable;
  readonly leases: Leases;
}

/** Gate 1: Origin allowed? who is it? guards. Resolves when the session is known by its identity; null is an anonymous visitor. */
export async function connectGate(session: RealtimeSession, deps: ConnectGateDeps): Promise<void> {
  const refusal = deps.admit(session.handshake);
  if (refusal) throw refusal;
  await identify(session, session.handshake, deps);
}

/** Gate 1 once more, on a connection that is open: a new token, or the handshake's cookie read again. */
export async function reauthenticate(
  session: RealtimeSession,
  token: string | undefined,
  deps: ConnectGateDeps,
): Promise<void> {
  await identify(session, token === undefined ? session.handshake : { ...session.handshake, token }, deps);
}

/** Asks who it is, until nobody was expelled between the question and the moment its answer holds. */
async function identify(session: RealtimeSession, handshake: RealtimeHandshake, deps: ConnectGateDeps): Promise<void> {
  const { clock, limits, sessions, leases } = deps;
  const deadline = { clock, ms: limits.handshakeMs, code: "HANDSHAKE_TIMEOUT" } as const;
  for (;;) {
    const { expulsions } = sessions;
    const user = await withDeadline(deadline, () => authenticate(session, handshake, deps));
    if (session.isClosed) throw new RealtimeError("TRANSPORT_LOST"); // hung up while we asked
    if (sessions.expulsions !== expulsions) continue; // the answer may be older than a sign-out
    const before = session.user?.userId;
    session.identify(user);
    sessions.add(session, before);
    return leases.renew(session);
  }
}

async function authenticate(
  { connectionId }: RealtimeSession,
  handshake: RealtimeHandshake,
  { authenticator, guards, clock }: ConnectGateDeps,
): Promise<RealtimeUser | null> {
  const user = await authenticator.authenticate(handshake);
  if (user?.expiresAt !== undefined && user.expiresAt <= clock.now()) throw new RealtimeError("SESSION_EXPIRED");
  await guards.connect({ connectionId, user, handshake });
  return user;
}
