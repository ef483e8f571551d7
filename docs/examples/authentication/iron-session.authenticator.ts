// iron-session.authenticator.ts
import type { IRealtimeAuthenticator } from "fourgate";
import { unsealData } from "iron-session";
import { z } from "zod";

const session = z.object({ id: z.string(), userId: z.string(), roles: z.array(z.string()), expiresAt: z.number() });

/** By the sealed cookie of iron-session. */
export function byIronSession(password: string, cookieName: string): IRealtimeAuthenticator {
  const cookie = new RegExp(`(?:^|;\\s*)${cookieName}=([^;]+)`);
  return {
    async authenticate({ headers }) {
      const seal = cookie.exec(headers.cookie ?? "")?.[1];
      if (seal === undefined) return null;
      const { data } = session.safeParse(
        await unsealData(decodeURIComponent(seal), { password }).catch(() => undefined),
      );
      if (!data || data.expiresAt <= Date.now()) return null;
      return { userId: data.userId, roles: data.roles, sessionId: data.id, expiresAt: data.expiresAt };
    },
  };
}
