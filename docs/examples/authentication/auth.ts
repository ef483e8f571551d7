// auth.ts
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";

/** `endSession` is called after a sign-out, or when a session is revoked: `(sessionId) => realtime.expel({ sessionId })`. */
export function createAuth(secret: string, endSession: (sessionId: string) => Promise<unknown>) {
  return betterAuth({
    baseURL: "http://localhost:3000",
    secret,
    database: memoryAdapter({ user: [], session: [], account: [], verification: [] }), // your database
    emailAndPassword: { enabled: true },
    databaseHooks: { session: { delete: { after: async ({ id }) => void (await endSession(id)) } } },
  });
}

export type Auth = ReturnType<typeof createAuth>;
