// jwt.authenticator.ts
import { RealtimeError, type IRealtimeAuthenticator } from "fourgate";
import { errors, jwtVerify, type JWTVerifyGetKey } from "jose";

/** By a bearer token. `keys` is `createRemoteJWKSet(new URL("https://id.example.com/.well-known/jwks.json"))`. */
export function byJwt(keys: JWTVerifyGetKey, expected: { issuer: string; audience: string }): IRealtimeAuthenticator {
  return {
    async authenticate({ token }) {
      if (token === undefined) return null;
      const { payload } = await jwtVerify(token, keys, { ...expected, algorithms: ["ES256", "RS256"] }).catch(refuse);
      const { sub, exp, sid, roles } = payload;
      if (typeof sub !== "string" || exp === undefined) throw new RealtimeError("UNAUTHENTICATED");
      return {
        userId: sub,
        roles: Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [],
        expiresAt: exp * 1_000, // the token counts in seconds
        ...(typeof sid === "string" && { sessionId: sid }),
      };
    },
  };
}

/** A bad token is refused for good; keys that cannot be loaded are our failure, and the client tries again. */
function refuse(cause: unknown): never {
  const isOurs = !(cause instanceof errors.JOSEError) || cause instanceof errors.JWKSTimeout;
  throw isOurs ? cause : new RealtimeError("UNAUTHENTICATED", { cause });
}
