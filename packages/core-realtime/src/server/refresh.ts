import type { RefreshFrame } from "../frames.js";
import { RealtimeError } from "../realtime-error.js";
import type { IRealtimeObserver } from "../realtime-observer.js";
import { reauthenticate, type ConnectGateDeps } from "./connect.gate.js";
import type { Leases } from "./leases.js";
import type { RealtimeSession } from "./realtime-session.js";
import { permit } from "./subscribe.gate.js";

export interface RefreshDeps extends ConnectGateDeps {
  readonly leases: Leases;
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
  const before = session.user?.userId;
  const user = await reauthenticate(session, frame.token, deps);
  if (session.isClosed) throw new RealtimeError("TRANSPORT_LOST");
  session.identify(user);
  deps.sessions.add(session, before);
  deps.leases.renew(session);
  for (const [name, found] of [...session.subscriptions]) {
    try {
      await permit(found, session, deps.guards);
    } catch (cause) {
      const error = cause instanceof RealtimeError ? cause : new RealtimeError("UNAUTHORIZED", { detail: name, cause });
      session.lapse(name, error);
    }
  }
  deps.observer.observe({ kind: "refreshed", connection: session });
  return { userId: user?.userId ?? null, ...(user?.expiresAt !== undefined && { expiresAt: user.expiresAt }) };
}
