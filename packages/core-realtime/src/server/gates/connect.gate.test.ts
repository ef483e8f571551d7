import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const LIMIT = 16 * 1024;

it.each(["x".repeat(9_000), "x".repeat(LIMIT), "é".repeat(LIMIT / 2)])(
  "renews with every token that it connects with",
  async (token) => {
    const { enter } = await nodeUnderTest();
    const mia = enter(token);
    expect(await mia.next("connected")).toMatchObject({ userId: token });
    expect(await mia.request({ type: "refresh", token })).toMatchObject({ ok: true, result: { userId: token } });
  },
);

it.each(["x".repeat(LIMIT + 1), "é".repeat(LIMIT / 2 + 1)])(
  "refuses a token above its limit in bytes, at the handshake and at a refresh alike",
  async (token) => {
    const { enter } = await nodeUnderTest();
    const mia = enter(token);
    expect(await mia.next("close")).toMatchObject({ closeCode: 4504, error: { code: "HANDSHAKE_INVALID" } });
    const sam = enter("sam");
    expect(await sam.request({ type: "refresh", token })).toMatchObject({
      ok: false,
      error: { code: "HANDSHAKE_INVALID" },
    });
    expect(await sam.request({ type: "refresh", token: "pia" })).toMatchObject({ ok: true, result: { userId: "pia" } });
  },
);

it("takes an authenticator that returns at once, later, or with a promise of its own make", async () => {
  const room = defineRealtimeChannel({ name: "room", scope: "authenticated", payload: z.number() });
  const user = { userId: "mia", roles: [] };
  const thenable = { then: (resolve: (found: typeof user) => void) => resolve(user) } as unknown as Promise<
    typeof user
  >;
  for (const returned of [user, Promise.resolve(user), thenable]) {
    const { realtime, enter } = await nodeUnderTest({ authenticator: { authenticate: () => returned } });
    realtime.registry.registerChannel(room);
    const mia = enter();
    expect(await mia.request({ type: "subscribe", channel: "room" })).toMatchObject({ ok: true });
    expect(await mia.next("connected")).toMatchObject({ userId: "mia" });
  }
});
