import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, RealtimeError } from "../index.js";
import { nodeUnderTest } from "./node-under-test.js";

const room = defineRealtimeChannel({
  name: "room.{id}",
  scope: "authenticated",
  payload: z.number(),
  history: { size: 10, ttlMs: 60_000 },
});
const subscribe = { type: "subscribe", channel: "room.1" };
const messages = (frames: readonly { readonly type: string }[]) => frames.filter(({ type }) => type === "message");

/** A promise that the test settles. */
function gate() {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

/** Lets exactly so many promises settle. */
async function microtasks(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
}

it.each(Array.from({ length: 16 }, (_, ticks) => ticks))(
  "holds an expulsion and a revocation that come %i promises after the result they invalidate",
  async (ticks) => {
    let [signedIn, isMember] = [true, true];
    const { realtime, enter } = await nodeUnderTest({
      authenticator: { authenticate: async () => (signedIn ? { userId: "mia", roles: [], sessionId: "s" } : null) },
      guards: [{ subscribe: async () => (isMember ? undefined : Promise.reject(new RealtimeError("UNAUTHORIZED"))) }],
    });
    realtime.registry.registerChannel(room);
    const early = enter("mia");
    await microtasks(ticks);
    signedIn = false;
    await realtime.expel({ sessionId: "s" });
    expect(early.frames.find(({ type }) => type === "close") ?? (await early.next("connected"))).not.toMatchObject({
      userId: "mia",
    });

    signedIn = true;
    const mia = enter("mia");
    await mia.next("connected");
    const reply = mia.request(subscribe);
    await microtasks(ticks);
    isMember = false;
    await realtime.revoke({ userId: "mia", channel: "room.1" });
    const before = mia.frames.length;
    await realtime.broadcaster.broadcast(room.at({ id: "1" }), 1);
    await reply;
    expect(
      mia.frames.slice(before).filter((frame) => frame.type === "message" || (frame.type === "reply" && frame.ok)),
    ).toEqual([]);
  },
);

it("expels no connection where no user is named", async () => {
  const { realtime } = await nodeUnderTest();
  await expect(realtime.expel({} as never)).rejects.toThrow(/name a userId or a sessionId/);
});

it("ends the subscriptions that a new identity may not have before any guard runs", async () => {
  let hold: () => Promise<void> = async () => undefined;
  const mine = defineRealtimeChannel({ name: "mine.{userId}", scope: { userScoped: "userId" }, payload: z.number() });
  const { realtime, enter } = await nodeUnderTest({ guards: [{ subscribe: () => hold() }] });
  realtime.registry.registerChannel(room);
  realtime.registry.registerChannel(mine);
  const mia = enter("mia");
  for (const channel of ["room.1", "mine.mia"]) await mia.request({ type: "subscribe", channel });
  const [thinking, done] = [gate(), gate()];
  hold = () => (thinking.open(), done.passed);
  const refreshed = mia.request({ type: "refresh", token: "eve" });
  await thinking.passed;
  await realtime.broadcaster.broadcast(mine.at({ userId: "mia" }), 1);
  done.open();
  await refreshed;
  expect(messages(mia.frames)).toEqual([]);
});

it("ends a session whose own credentials are refused when they are read again", async () => {
  let isDead = false;
  const { enter } = await nodeUnderTest({
    authenticator: {
      authenticate() {
        if (isDead) throw new RealtimeError("UNAUTHENTICATED");
        return { userId: "mia", roles: [] };
      },
    },
  });
  const mia = enter();
  await mia.next("connected");
  isDead = true;
  mia.send({ type: "refresh", id: "r" });
  expect(await mia.next("close")).toMatchObject({ closeCode: 4501 });
});
