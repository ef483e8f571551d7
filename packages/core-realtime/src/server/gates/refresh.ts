import type { RefreshFrame } from "../../wire/frames.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { IRealtimeObserver } from "../../seams/observer.seam.js";
import { reauthenticate, type ConnectGateDeps } from "./connect.gate.js";
import type { RealtimeSession } from "../session/realtime-session.js";
import { isAuthorized, permit } from "./subscribe.gate.js";

export interface RefreshDeps extends ConnectGateDeps {
  readonly observer: IRealtimeObserver;
}

/** What a refresh came to. */
export interface RefreshResult {
  readonly userId: string | null;
  readonly expiresAt?: number;
}

/** A new identity on an open connection: gate 1 again, then gate 2 for every subscription; what it refuses is left, with the code. */
export async function refresh(
  frame: RefreshFrame,
  session: RealtimeSession,
  deps: RefreshDeps,
): Promise<RefreshResult> {
  deps.guards.arrive(session); // each costs a look-up, as a message does
  try {
    await reauthenticate(session, frame.token, deps);
  } catch (error) {
    if (frame.token === undefined && isDead(error)) session.end(error); // what let it in does so no more
    throw error;
  }
  const { user } = session;
  for (const [name, found] of [...session.subscriptions])
    if (!isAuthorized(found, session)) session.lapse(name, new RealtimeError("UNAUTHORIZED", { detail: name })); // before anything waits
  for (const [name, found] of [...session.subscriptions]) {
    try {
      await permit(found, session, deps);
    } catch (cause) {
      const error = cause instanceof RealtimeError ? cause : new RealtimeError("UNAUTHORIZED", { detail: name, cause });
      session.lapse(name, error);
    }
  }
  deps.observer.observe({ kind: "refreshed", connection: session });
  return { userId: user?.userId ?? null, ...(user?.expiresAt !== undefined && { expiresAt: user.expiresAt }) };
}

function isDead(error: unknown): error is RealtimeError {
  return error instanceof RealtimeError && (error.code === "UNAUTHENTICATED" || error.code === "SESSION_EXPIRED");
}
