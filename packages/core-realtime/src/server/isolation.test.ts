import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type RealtimeUser } from "../index.js";
import { ManualBroker } from "./delivery/manual-broker.js";
import { nodeUnderTest } from "./node-under-test.js";

const room = defineRealtimeChannel({
  name: "room",
  scope: "public",
  payload: z.number(),
  inbound: z.number(),
  history: { size: 9, ttlMs: 60_000 },
});
const subscribe = { type: "subscribe", channel: "room" };

it("sends nothing of a channel while it is isolated: no handler's message, no repaired gap, no opening", async () => {
  const broker = new ManualBroker();
  let permit: (() => void) | undefined;
  const release = () => permit?.();
  const guard = { subscribe: () => new Promise<void>((resolve) => (permit = resolve)) };
  const { realtime, enter, observations } = await nodeUnderTest({ broker, guards: [guard] });
  let send: ((n: number) => Promise<boolean>) | undefined;
  realtime.registry.register(room, (message) => void (send = message.send));
  const mia = enter("mia");
  const joined = mia.request(subscribe);
  await expect.poll(() => permit).toBeDefined();
  release();
  await joined;
  await mia.request({ type: "message", channel: "room", payload: 1 });
  for (const n of [1, 2]) await realtime.broadcaster.broadcast(room, n);
  permit = undefined;
  const sam = enter("sam");
  const late = sam.request(subscribe);
  await expect.poll(() => permit).toBeDefined();
  broker.deliver(1); // the first is missing: it is about to be read from the history
  broker.node.onIsolated();
  release();
  expect(await late).toMatchObject({ error: { code: "ISOLATED" } });
  expect(await send?.(3)).toBe(false);
  await expect.poll(() => observations).toContainEqual(expect.objectContaining({ kind: "gap" }));
  expect([...mia.frames, ...sam.frames].filter(({ type }) => type === "message")).toEqual([]);
});

it("calls the authenticator again where it was isolated meanwhile: an expulsion may not have arrived", async () => {
  const broker = new ManualBroker();
  const pending: ((user: RealtimeUser) => void)[] = [];
  const { enter } = await nodeUnderTest({
    broker,
    authenticator: { authenticate: () => new Promise((resolve) => pending.push(resolve)) },
  });
  const mia = enter("mia");
  await expect.poll(() => pending.length).toBe(1);
  broker.node.onIsolated();
  broker.node.onRejoined();
  pending[0]?.({ userId: "mia", roles: ["expelled meanwhile"] });
  await expect.poll(() => pending.length).toBe(2);
  pending[1]?.({ userId: "mia", roles: [] });
  await mia.next("connected");
});

it("refuses with ISOLATED also the message at whose publishing the broker notices it, where no history keeps it", async () => {
  const broker = new ManualBroker();
  const { realtime } = await nodeUnderTest({ broker });
  const brief = defineRealtimeChannel({ name: "brief", scope: "public", payload: z.number() });
  for (const channel of [brief, room]) realtime.registry.registerChannel(channel);
  broker.onPublish = () => {
    broker.node.onIsolated();
    throw new Error("cut off");
  };
  const [lost] = await Promise.allSettled([(async () => realtime.broadcaster.broadcast(brief, 1))()]);
  expect(lost).toMatchObject({ reason: { code: "ISOLATED", retryAfterMs: 1_000, cause: { message: "cut off" } } });
  broker.node.onRejoined();
  expect(await realtime.broadcaster.broadcast(room, 1)).toMatchObject({ position: { offset: 1 } });
});
