// better-auth.authenticator.ts
import type { IRealtimeAuthenticator } from "fourgate";
import type { Auth } from "./auth.js";

/** By the session cookie of better-auth. */
export function byBetterAuth(auth: Auth): IRealtimeAuthenticator {
  return {
    async authenticate({ headers }) {
      const found = await auth.api.getSession({
        headers: new Headers({ cookie: headers.cookie ?? "" }),
        query: { disableCookieCache: true, disableRefresh: true }, // a cached session may have been revoked
      });
      if (!found) return null;
      const { user, session } = found;
      return { userId: user.id, roles: [], sessionId: session.id, expiresAt: session.expiresAt.getTime() };
    },
  };
}
