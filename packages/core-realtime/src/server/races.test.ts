import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../index.js";
import type { Realtime } from "./index.js";
import { nodeUnderTest, type TestClient } from "./node-under-test.js";

const room = defineRealtimeChannel({
  name: "room.{id}",
  scope: "authenticated",
  payload: z.number(),
  inbound: z.number(),
  history: { size: 500, ttlMs: 60_000 },
});
const subscribe = { type: "subscribe", channel: "room.1" };

it("takes frames that come before gate 1 has decided, in order", async () => {
  let admit: (() => void) | undefined;
  const { realtime, enter } = await nodeUnderTest({
    authenticator: {
      authenticate: () => new Promise((resolve) => (admit = () => resolve({ userId: "mia", roles: [] }))),
    },
  });
  realtime.registry.register(room, ({ payload }) => payload);
  const mia = enter();
  mia.send({ ...subscribe, id: "1" });
  mia.send({ type: "message", id: "2", channel: "room.1", payload: 7 });
  await expect.poll(() => admit).toBeDefined();
  expect(mia.frames).toEqual([]);
  admit?.();
  await expect.poll(() => mia.frames.length).toBe(3);
  expect(mia.frames).toMatchObject([{ type: "connected" }, { id: "1", ok: true }, { id: "2", ok: true, result: 7 }]);
});

it("closes a connection with more than 16 frames before gate 1", async () => {
  const { enter, realtime } = await nodeUnderTest({
    authenticator: { authenticate: () => new Promise(() => undefined) },
  });
  realtime.registry.register(room, () => 1);
  const mia = enter();
  for (let sent = 0; sent < 16; sent += 1) mia.send(subscribe);
  expect(mia.frames).toEqual([]);
  mia.send(subscribe);
  expect(mia.frames.at(-1)).toMatchObject({ type: "close", error: { code: "TOO_MANY_EARLY_FRAMES" } });
});

const STEPS = {
  subscribe: ({ client }: Scene) => client.send(subscribe),
  unsubscribe: ({ client }: Scene) => client.send({ ...subscribe, type: "unsubscribe" }),
  "a promise settles": () => Promise.resolve(),
  "a turn passes": () => new Promise<void>((resolve) => void setImmediate(resolve)),
  expel: ({ realtime }: Scene) => void realtime.expel({ userId: "mia" }),
  "hang up": ({ client }: Scene) => client.hangUp(),
};
type Scene = { readonly client: TestClient; readonly realtime: Realtime };

it("observes a whole life for every connection, whatever comes between: no subscription after its end", async () => {
  const { realtime, enter, observations } = await nodeUnderTest({
    authenticator: { authenticate: async () => ({ userId: "mia", roles: [] }) },
    guards: [{ subscribe: async () => undefined }],
  });
  realtime.registry.register(room, () => 1);
  let subscribed = 0;
  const steps = fc.array(fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[])), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(steps, async (names) => {
      const client = enter("mia");
      for (const name of names) await STEPS[name]({ client, realtime });
      client.hangUp();
      await STEPS["a turn passes"]();
      const life = observations.splice(0).map(({ kind }) => kind);
      subscribed += life.filter((kind) => kind === "subscribed").length;
      expect(life.filter((kind) => kind === "left")).toHaveLength(life.filter((kind) => kind === "subscribed").length);
      expect(life.at(-1)).toBe("disconnected");
      await realtime.broadcaster.broadcast(room.at({ id: "1" }), 1);
      expect(observations.splice(0).map(({ kind }) => kind)).toEqual(["broadcast", "decided"]);
    }),
    { numRuns: 3_000 },
  );
  expect(subscribed).toBeGreaterThan(100); // the walk did reach what it is about
}, 60_000);

it("leaves no gap between what a new client reads and what it then receives", async () => {
  const { realtime, enter } = await nodeUnderTest();
  realtime.registry.registerChannel(room);
  const address = room.at({ id: "1" });
  const first = await enter("sam").request(subscribe);
  const { epoch } = (first as { result: { position: { epoch: string } } }).result.position;
  const clients = [];
  for (let n = 1; n <= 100; n += 1) {
    void realtime.broadcaster.broadcast(address, n);
    const mia = enter("mia");
    clients.push({ mia, reply: mia.request({ ...subscribe, since: { epoch, offset: 0 } }) });
    await Promise.resolve();
  }
  await realtime.broadcaster.broadcast(address, 101);
  for (const { mia, reply } of clients) {
    const { result } = (await reply) as unknown as { result: { recovered: boolean; messages?: { payload: number }[] } };
    expect(result.recovered).toBe(true);
    await expect.poll(() => JSON.stringify(mia.frames), { interval: 1 }).toContain('"payload":101');
    const live = mia.frames.flatMap((frame) => (frame.type === "message" ? [Number(frame.payload)] : []));
    const seen = new Set([...(result.messages ?? []).map(({ payload }) => payload), ...live]);
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, index) => index + 1));
  }
});
