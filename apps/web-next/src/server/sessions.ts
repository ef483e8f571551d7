import { sealData, unsealData } from "iron-session";
import { z } from "zod";
import { cookieValue } from "./cookie-value";
import type { IRevokedSessions } from "./revoked-sessions";

/** The cookie that carries a sign-in. */
export const SESSION_COOKIE = "fourgate_session";
const SESSION_MS = 8 * 60 * 60 * 1_000; // a working day

const sealedSession = z.strictObject({ sessionId: z.uuid(), userId: z.string(), expiresAt: z.number() });

/** One sign-in of one person. */
export type Session = Readonly<z.infer<typeof sealedSession>>;

/** What a Cookie header contains: nothing; something that does not count (forged, expired, signed out); or a session. */
export type SessionReading =
  { readonly kind: "none" } | { readonly kind: "refused" } | { readonly kind: "open"; readonly session: Session };

export interface SessionsDeps {
  readonly secret: string;
  readonly revoked: IRevokedSessions;
  readonly now?: () => number;
}

/** Sign-ins, each sealed into a cookie: encrypted and signed, so nothing is stored until one is ended early. */
export class Sessions {
  readonly #secret: string;
  readonly #revoked: IRevokedSessions;
  readonly #now: () => number;

  constructor({ secret, revoked, now = Date.now }: SessionsDeps) {
    this.#secret = secret;
    this.#revoked = revoked;
    this.#now = now;
  }

  /** Begins a session and seals it; the seal is the cookie's value. */
  async begin(userId: string): Promise<{ readonly session: Session; readonly seal: string }> {
    const session = { sessionId: crypto.randomUUID(), userId, expiresAt: this.#now() + SESSION_MS };
    return { session, seal: await sealData(session, { password: this.#secret, ttl: 0 }) }; // `expiresAt` is the one clock
  }

  /** Reads a Cookie header, be it of a page's request or of a realtime handshake. */
  async read(cookieHeader: string | null | undefined): Promise<SessionReading> {
    const seal = cookieValue(cookieHeader, SESSION_COOKIE);
    if (!seal) return { kind: "none" };
    const session = await this.#open(seal);
    if (!session || session.expiresAt <= this.#now()) return { kind: "refused" };
    if (await this.#revoked.isRevoked(session.sessionId)) return { kind: "refused" }; // last: nothing is awaited after it
    return { kind: "open", session };
  }

  /** Ends a session before its time: from here on its seal opens nothing. */
  async end({ sessionId, expiresAt }: Session): Promise<void> {
    await this.#revoked.revoke(sessionId, expiresAt);
  }

  async #open(seal: string): Promise<Session | undefined> {
    const data = await unsealData(seal, { password: this.#secret, ttl: 0 }).catch(() => undefined); // not ours: no session
    return sealedSession.safeParse(data).data;
  }
}
