import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel } from "../../index.js";
import { nodeUnderTest } from "../node-under-test.js";

const room = defineRealtimeChannel({ name: "room.{id}", scope: "authenticated", payload: z.number() });
const subscribe = { type: "subscribe", id: "s", channel: "room.1" };

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
afterEach(() => void vi.useRealTimers());

const later = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));

/** A node whose authenticator and guard take 60 ms each, and how often they run. */
async function slowNode() {
  const runs = { authenticator: 0, guard: 0 };
  const node = await nodeUnderTest({
    authenticator: {
      authenticate({ token = "" }) {
        runs.authenticator += 1;
        return later(60, { userId: token, roles: [], sessionId: `s-${token}` });
      },
    },
    guards: [
      {
        subscribe() {
          runs.guard += 1;
          return later(60, undefined);
        },
      },
    ],
  });
  node.realtime.registry.registerChannel(room);
  const repeat = async (times: number, run: (n: number) => Promise<unknown>) => {
    for (let n = 0; n < times; n += 1) {
      await run(n);
      await vi.advanceTimersByTimeAsync(10);
    }
  };
  return { ...node, runs, repeat };
}

it("connects, after one run of the authenticator, while other users are expelled a hundred times a second", async () => {
  const { realtime, enter, runs, repeat } = await slowNode();
  const mia = enter("mia");
  await repeat(10, (n) => realtime.expel(n % 2 ? { userId: `u${n}` } : { sessionId: `s${n}` }));
  expect(mia.frames.map(({ type }) => type)).toEqual(["connected"]);
  expect(runs.authenticator).toBe(1);
});

it("runs the authenticator again where this very sign-in was expelled meanwhile", async () => {
  const { realtime, enter, runs, repeat } = await slowNode();
  const mia = enter("mia");
  await repeat(3, () => realtime.expel({ sessionId: "s-mia" }));
  await vi.advanceTimersByTimeAsync(100);
  expect(runs.authenticator).toBe(2);
  expect(mia.frames.map(({ type }) => type)).toEqual(["connected"]);
});

it("closes with HANDSHAKE_TIMEOUT after 10 s in all where this sign-in is expelled again and again", async () => {
  const { realtime, enter, repeat } = await slowNode();
  const mia = enter("mia");
  await repeat(999, () => realtime.expel({ userId: "mia" }));
  expect(mia.frames).toEqual([]);
  await repeat(2, () => realtime.expel({ userId: "mia" }));
  expect(mia.frames).toMatchObject([{ type: "close", closeCode: 4108, error: { code: "HANDSHAKE_TIMEOUT" } }]);
});

it("subscribes, after one run of the guard, while the user's other channels are revoked", async () => {
  const { realtime, enter, runs, repeat } = await slowNode();
  const mia = enter("mia");
  await vi.advanceTimersByTimeAsync(60);
  mia.send(subscribe);
  await repeat(10, (n) => realtime.revoke({ userId: "mia", channel: `room.other${n}` }));
  expect(mia.frames.at(-1)).toMatchObject({ type: "reply", ok: true });
  expect(runs.guard).toBe(1);
});

it("runs the guard again where this very channel was revoked meanwhile, and for 10 s at most", async () => {
  const { realtime, enter, runs, repeat } = await slowNode();
  const mia = enter("mia");
  await vi.advanceTimersByTimeAsync(60);
  mia.send(subscribe);
  await repeat(999, () => realtime.revoke({ userId: "mia", channel: "room.1" }));
  expect(runs.guard).toBeGreaterThan(100);
  expect(mia.frames.map(({ type }) => type)).toEqual(["connected"]);
  await repeat(2, () => realtime.revoke({ channel: "room.1" }));
  expect(mia.frames.at(-1)).toMatchObject({ type: "reply", ok: false, error: { code: "HANDLER_TIMEOUT" } });
  const { guard } = runs;
  await repeat(20, () => realtime.revoke({ channel: "room.1" }));
  expect(runs.guard).toBe(guard); // nothing continues behind the refusal
});

it("ends a gate that revokes, each time, what it is about to grant", async () => {
  vi.useRealTimers(); // without a pause between the runs no timer fires: only the clock ends them
  const { realtime, enter } = await nodeUnderTest({
    limits: { handshakeMs: 20, handlerMs: 20 },
    authenticator: {
      async authenticate({ token = "" }) {
        if (token === "mia") await realtime.expel({ userId: token });
        return { userId: token, roles: [] };
      },
    },
    guards: [{ subscribe: async ({ address }) => void (await realtime.revoke({ channel: address.name })) }],
  });
  realtime.registry.registerChannel(room);
  expect(await enter("mia").next("close")).toMatchObject({ error: { code: "HANDSHAKE_TIMEOUT" } });
  expect(await enter("sam").request(subscribe)).toMatchObject({ ok: false, error: { code: "HANDLER_TIMEOUT" } });
});
