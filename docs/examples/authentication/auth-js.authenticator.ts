// auth-js.authenticator.ts
import { getToken } from "@auth/core/jwt";
import type { IRealtimeAuthenticator } from "fourgate";

/** By the session cookie of Auth.js with its JWT strategy. */
export function byAuthJs(secret: string, isSecure: boolean): IRealtimeAuthenticator {
  return {
    async authenticate({ headers }) {
      const request = { headers: new Headers({ cookie: headers.cookie ?? "" }) };
      const token = await getToken({ req: request, secret, secureCookie: isSecure });
      if (token?.sub === undefined || token.exp === undefined) return null; // no cookie, or none of ours
      return { userId: token.sub, roles: [], expiresAt: token.exp * 1_000, ...(token.jti && { sessionId: token.jti }) };
    },
  };
}
