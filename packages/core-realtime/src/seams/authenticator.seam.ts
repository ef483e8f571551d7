import type { RealtimeHandshake } from "./handshake.js";
import type { RealtimeUser } from "./realtime-user.js";

/**
 * Seam 1: who is it?
 * MUST decide from the handshake alone (cookie or token), and return null for an anonymous visitor.
 * MUST throw `RealtimeError("UNAUTHENTICATED")` where credentials were shown and are bad.
 * MUST NOT keep the handshake. Called again, with a fresh token, at every in-band refresh.
 */
export interface IRealtimeAuthenticator {
  /** The user of these credentials; null for an anonymous visitor. */
  authenticate(handshake: RealtimeHandshake): Promise<RealtimeUser | null> | RealtimeUser | null;
}
