import type { RefreshFrame } from "../../wire/frames.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import { sendableRefusal } from "../session/sendable-refusal.js";
import { placeOf } from "./failure-place.js";
import { reauthenticate, type ConnectGateDeps } from "./connect.gate.js";
import { isAuthorized, recheck, type PermitDeps } from "./subscribe.gate.js";

export interface RefreshDeps extends ConnectGateDeps, PermitDeps {}

/** The result of a refresh. */
export interface RefreshResult {
  readonly userId: string | null;
  readonly expiresAt?: number;
}

/** A new identity on an open connection: gate 1 again, then gate 2 for every subscription; what it refuses ends, with the code. */
export async function refresh(
  frame: RefreshFrame,
  session: RealtimeSession,
  deps: RefreshDeps,
): Promise<RefreshResult> {
  deps.guards.arrive(session, { by: "" }); // each costs a look-up, as a message does
  const before = session.user;
  try {
    await reauthenticate(session, frame.token, deps);
  } catch (error) {
    if (frame.token === undefined && isDead(error)) session.end(sendableRefusal(error, deps.limits.maxReplyBytes)); // the credentials that opened it are not valid any more
    throw error;
  }
  await recheckAll(session, deps);
  const { user } = session;
  deps.observer.observe({ kind: "refreshed", connection: session.facts, before });
  return { userId: user?.userId ?? null, ...(user?.expiresAt !== undefined && { expiresAt: user.expiresAt }) };
}

/**
 * The same without a client's request: the stored handshake is authenticated again. A session that is refused ends. It waits for nothing
 * of the session: a client that keeps its handlers busy must not keep a role by it.
 */
export async function reauthenticateSession(session: RealtimeSession, deps: RefreshDeps): Promise<void> {
  const before = session.user;
  try {
    await reauthenticate(session, undefined, deps);
    await recheckAll(session, deps);
    deps.observer.observe({ kind: "refreshed", connection: session.facts, before });
  } catch (cause) {
    if (session.isClosed) return;
    if (!(cause instanceof RealtimeError)) deps.observer.observe({ kind: "failed", ...placeOf(cause), cause });
    const isClosing = cause instanceof RealtimeError && cause.closeCode !== null;
    session.end(isClosing ? sendableRefusal(cause, deps.limits.maxReplyBytes) : new RealtimeError("EXPELLED"));
  }
}

/** Gate 2 for every subscription. What the scope refuses ends before anything waits. */
async function recheckAll(session: RealtimeSession, deps: RefreshDeps): Promise<void> {
  const subscriptions = [...session.subscriptions];
  for (const [name, { channel }] of subscriptions)
    if (!isAuthorized(channel.found, session))
      session.endSubscription(name, new RealtimeError("UNAUTHORIZED", { detail: name }));
  await Promise.all(subscriptions.map(([name]) => recheck({ name, session, isUnchanged: false }, deps)));
}

function isDead(error: unknown): error is RealtimeError {
  return error instanceof RealtimeError && (error.code === "UNAUTHENTICATED" || error.code === "SESSION_EXPIRED");
}
