import type { RealtimeUser } from "@repo/core-realtime";
import { describe, expect, it, vi } from "vitest";
import { clientOf, listenTo, serverUp } from "./stage.js";
import { TRANSPORTS } from "./transports-under-test.js";

const LIFE_MS = 1_500;

/** Tokens "<user>:<when it ends>". */
function userOf(token = ""): RealtimeUser {
  const [userId = "", expiresAt] = token.split(":");
  return { userId, roles: [], expiresAt: Number(expiresAt) };
}

describe.each(Object.entries(TRANSPORTS))("over %s", (_, transport) => {
  it("renews its identity before it expires, on the same connection", async () => {
    const server = await serverUp({
      authenticator: { authenticate: ({ token }) => userOf(token) },
      limits: { expiryWarningMs: 1_000 },
    });
    const auth = vi.fn((_reason: string) => `mia:${Date.now() + LIFE_MS}`);
    const client = clientOf(server, { transports: [transport()], auth });
    const { handle, received } = listenTo(client);
    await expect.poll(() => handle.status).toBe("subscribed");
    await expect.poll(() => auth.mock.calls.length, { timeout: 5_000 }).toBe(4);
    await server.publish(1);
    await expect.poll(() => received).toEqual([1]);
    expect(auth.mock.calls.map(([reason]) => reason)).toEqual(["connect", "expiring", "expiring", "expiring"]);
  });
});
