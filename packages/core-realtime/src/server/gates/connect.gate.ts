import type { Clock } from "../../seams/clock.js";
import type { RealtimeHandshake } from "../../seams/handshake.js";
import type { IRealtimeAuthenticator } from "../../seams/authenticator.seam.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeUser } from "../../seams/realtime-user.js";
import { checkedUser } from "./checked-user.js";
import { andThen } from "../../thenable.js";
import { withDeadline } from "./deadline.js";
import type { DeadlineQueue } from "./deadline-queue.js";
import { inPlace } from "./failure-place.js";
import type { GateTrace } from "./gate-decision.js";
import type { Guards } from "./guards.js";
import type { Leases } from "../session/leases.js";
import { overLimit } from "../limits/reached-limit.js";
import type { RealtimeLimits } from "../limits/limits.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import type { SessionTable } from "../session/session-table.js";

export interface ConnectGateDeps {
  readonly authenticator: IRealtimeAuthenticator;
  readonly guards: Guards;
  readonly clock: Clock;
  readonly deadlines: DeadlineQueue;
  readonly limits: RealtimeLimits;
  readonly sessions: SessionTable;
  readonly leases: Leases;
}

/** Gate 1, after `admit`: authentication, then guards. When it returns or resolves, the session has its identity; null is an anonymous visitor. */
export function connectGate(session: RealtimeSession, trace: GateTrace, deps: ConnectGateDeps): Promise<void> | void {
  return identify({ session, token: undefined, trace }, deps);
}

/** Gate 1 once more, on a connection that is open: a new token, or the credentials of the handshake read again. */
export function reauthenticate(
  session: RealtimeSession,
  token: string | undefined,
  deps: ConnectGateDeps,
): Promise<void> | void {
  return identify({ session, token, trace: { by: "" } }, deps);
}

interface Identification {
  readonly session: RealtimeSession;
  /** A refresh's own; undefined: the credentials of the handshake. */
  readonly token: string | undefined;
  readonly trace: GateTrace;
}

/**
 * Authenticates until this identity has not been expelled, and nothing else has changed the session's, between the request and its
 * reply; all within one deadline.
 */
function identify(identification: Identification, deps: ConnectGateDeps): Promise<void> | void {
  const { session, token, trace } = identification;
  const { clock, deadlines, limits, sessions } = deps;
  const until = clock.monotonic() + limits.handshakeMs;
  const attempt = (): Promise<void> | void => {
    const { expulsions } = sessions;
    const { revision } = session;
    const handshake = token === undefined ? session.handshake : { ...session.handshake, token };
    const ms = until - clock.monotonic();
    if (ms <= 0) throw new RealtimeError("HANDSHAKE_TIMEOUT");
    const deadline = { deadlines, ms, code: "HANDSHAKE_TIMEOUT" } as const;
    const found = withDeadline(deadline, () => authenticate({ session, handshake, trace }, deps));
    return andThen(found, (user): Promise<void> | void => {
      if (session.isClosed) throw new RealtimeError("TRANSPORT_LOST"); // the client left while we waited
      if (sessions.expelledSince(expulsions, user) || session.revision !== revision) return attempt(); // the reply may be older than that
      trace.by = "limits";
      become({ session, handshake }, user, deps);
    });
  };
  return attempt();
}

/** One request to the authenticator. */
interface Attempt {
  readonly session: RealtimeSession;
  readonly handshake: RealtimeHandshake;
  readonly trace: GateTrace;
}

function authenticate(
  { session: { connectionId }, handshake, trace }: Attempt,
  { authenticator, guards, clock, limits }: ConnectGateDeps,
): Promise<RealtimeUser | null> | RealtimeUser | null {
  const { token } = handshake;
  trace.by = "limits";
  if (token !== undefined && Buffer.byteLength(token) > limits.maxTokenBytes)
    throw new RealtimeError("HANDSHAKE_INVALID", { detail: `a token of more than ${limits.maxTokenBytes} bytes` });
  trace.by = "authenticator";
  const guarded = (user: RealtimeUser | null): Promise<RealtimeUser | null> | RealtimeUser | null => {
    const checked = guards.connect({ connectionId, user, handshake }, trace);
    return andThen(checked, () => user);
  };
  const authenticated = inPlace({ where: "authenticator" }, () =>
    andThen(authenticator.authenticate(handshake), (found) => checkedUser(found, clock.now(), limits)),
  );
  return andThen(authenticated, guarded);
}

/** The identity holds from here on. */
function become(
  { session, handshake }: Omit<Attempt, "trace">,
  user: RealtimeUser | null,
  { sessions, leases, limits }: ConnectGateDeps,
): void {
  const before = session.user;
  if (user && user.userId !== before?.userId && sessions.countOf(user.userId) >= limits.maxConnectionsPerUser)
    throw overLimit("maxConnectionsPerUser", user.userId);
  session.identify(user, handshake);
  sessions.add(session, before);
  leases.renew(session);
}
