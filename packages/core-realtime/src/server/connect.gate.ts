import type { Clock } from "../clock.js";
import type { RealtimeHandshake } from "../handshake.js";
import type { IRealtimeAuthenticator } from "../realtime-authenticator.js";
import { RealtimeError } from "../realtime-error.js";
import type { RealtimeUser } from "../realtime-user.js";
import { withDeadline } from "./deadline.js";
import type { Guards } from "./guards.js";
import type { RealtimeLimits } from "./limits.js";
import type { RealtimeSession } from "./realtime-session.js";
import type { SessionTable } from "./session-table.js";

export interface ConnectGateDeps {
  readonly admit: (handshake: RealtimeHandshake) => RealtimeError | undefined;
  readonly authenticator: IRealtimeAuthenticator;
  readonly guards: Guards;
  readonly clock: Clock;
  readonly limits: RealtimeLimits;
  readonly sessions: SessionTable;
}

/** Gate 1: Origin allowed? who is it? guards. Resolves with the identity; null is an anonymous visitor. */
export async function connectGate(session: RealtimeSession, deps: ConnectGateDeps): Promise<RealtimeUser | null> {
  const refusal = deps.admit(session.handshake);
  if (refusal) throw refusal;
  const deadline = { clock: deps.clock, ms: deps.limits.handshakeMs, code: "HANDSHAKE_TIMEOUT" } as const;
  return withDeadline(deadline, () => authenticate(session, session.handshake, deps));
}

/** Gate 1 once more, on a connection that is open: a new token, or the handshake's cookie read again. */
export async function reauthenticate(
  session: RealtimeSession,
  token: string | undefined,
  deps: ConnectGateDeps,
): Promise<RealtimeUser | null> {
  const handshake = token === undefined ? session.handshake : { ...session.handshake, token };
  const deadline = { clock: deps.clock, ms: deps.limits.handshakeMs, code: "HANDSHAKE_TIMEOUT" } as const;
  return withDeadline(deadline, () => authenticate(session, handshake, deps));
}

async function authenticate(
  { connectionId }: RealtimeSession,
  handshake: RealtimeHandshake,
  { authenticator, guards, clock, sessions }: ConnectGateDeps,
): Promise<RealtimeUser | null> {
  for (;;) {
    const { expulsions } = sessions;
    const user = await authenticator.authenticate(handshake);
    if (user?.expiresAt !== undefined && user.expiresAt <= clock.now()) throw new RealtimeError("SESSION_EXPIRED");
    await guards.connect({ connectionId, user, handshake });
    if (sessions.expulsions === expulsions) return user; // else the answer may be older than a sign-out: ask again
  }
}
