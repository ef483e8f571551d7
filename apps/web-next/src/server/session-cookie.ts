import { SESSION_COOKIE } from "./sessions";

/** What the browser must know of a session. */
export interface SessionCookie {
  readonly seal: string;
  readonly maxAgeMs: number;
  /** Over https only; decided by the page's own origin, so that the demo works on plain http too. */
  readonly secure: boolean;
}

/** A Set-Cookie header: out of reach of scripts, and not sent along with another site's forms. */
export function setSessionCookie({ seal, maxAgeMs, secure }: SessionCookie): string {
  const maxAge = Math.floor(maxAgeMs / 1_000);
  return `${SESSION_COOKIE}=${seal}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
}

/** A Set-Cookie header that takes the session's cookie away. */
export function clearSessionCookie(): string {
  return `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`;
}
