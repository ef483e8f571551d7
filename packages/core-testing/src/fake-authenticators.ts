import { RealtimeError, type IRealtimeAuthenticator, type RealtimeUser } from "@repo/core-realtime";

/** Every client is this user. */
export function fixedUser(user: RealtimeUser): IRealtimeAuthenticator {
  return { authenticate: () => user };
}

/** The token names the user; no token is an anonymous visitor, a token that is not listed is refused. */
export function byToken(users: Readonly<Record<string, RealtimeUser>>): IRealtimeAuthenticator {
  const known = new Map(Object.entries(users));
  return {
    authenticate({ token }) {
      if (token === undefined) return null;
      const user = known.get(token);
      if (!user) throw new RealtimeError("UNAUTHENTICATED");
      return user;
    },
  };
}

/** Every client is an anonymous visitor. */
export const anonymous: IRealtimeAuthenticator = Object.freeze<IRealtimeAuthenticator>({ authenticate: () => null });

/** The session store is down, and never replies. */
export const hangingAuthenticator: IRealtimeAuthenticator = Object.freeze<IRealtimeAuthenticator>({
  authenticate: () => new Promise(() => undefined),
});

/** The session store is down in the usual way. */
export function throwingAuthenticator(cause: unknown = new Error("the session store is down")): IRealtimeAuthenticator {
  return {
    authenticate() {
      throw cause;
    },
  };
}
