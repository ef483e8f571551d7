import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type RealtimeUser } from "../../index.js";
import { Leases } from "./leases.js";
import { nodeUnderTest } from "../node-under-test.js";
import type { RealtimeSession } from "./realtime-session.js";
import { systemClock } from "../system-clock.js";

const room = defineRealtimeChannel({ name: "room.{id}", scope: "authenticated", payload: z.number() });
const subscribe = { type: "subscribe", channel: "room.1" };
const START = 1_000_000;

beforeEach(() => void vi.useFakeTimers({ now: START, toFake: ["setTimeout", "clearTimeout", "Date", "performance"] }));
afterEach(() => void vi.useRealTimers());

async function leasedNode(lease: Partial<RealtimeUser> = { expiresAt: START + 60_000 }) {
  const leases = { current: lease };
  const node = await nodeUnderTest({
    authenticator: { authenticate: ({ token }) => ({ userId: token ?? "mia", roles: [], ...leases.current }) },
  });
  node.realtime.registry.registerChannel(room);
  return { ...node, leases };
}

/** Lets promises settle while the clock stands still. */
const settle = () => vi.advanceTimersByTimeAsync(0);

it("warns before the lease ends, then closes with 45xx and sends nothing more", async () => {
  const { enter, realtime } = await leasedNode();
  const mia = enter();
  mia.send(subscribe);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(mia.frames.map(({ type }) => type)).toEqual(["connected", "reply"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(mia.frames.at(-1)).toEqual({ type: "expiring", expiresAt: START + 60_000 });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(mia.frames.at(-1)).toMatchObject({ type: "close", closeCode: 4520, error: { code: "SESSION_EXPIRED" } });
  await realtime.broadcaster.broadcast(room.at({ id: "1" }), 1);
  expect(mia.frames.map(({ type }) => type)).not.toContain("message");
});

it("sends nothing to an expired lease even where the timer is late", async () => {
  const { enter, realtime } = await leasedNode();
  const mia = enter();
  mia.send(subscribe);
  await settle();
  vi.setSystemTime(START + 60_001); // the wall clock moved, no timer has fired
  await realtime.broadcaster.broadcast(room.at({ id: "1" }), 1);
  expect(mia.frames.map(({ type }) => type)).toEqual(["connected", "reply", "close"]);
});

it("begins a new lease at a refresh", async () => {
  const { enter, leases } = await leasedNode();
  const mia = enter();
  mia.send(subscribe);
  await vi.advanceTimersByTimeAsync(40_000);
  leases.current = { expiresAt: START + 600_000 };
  mia.send({ type: "refresh", id: "r" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(mia.frames.at(-1)).toMatchObject({ type: "reply", id: "r", result: { expiresAt: START + 600_000 } });
});

it("announces an end once, however often it is renewed to the same time, and again where it moves", async () => {
  const { enter, leases } = await leasedNode();
  const mia = enter();
  mia.send({ type: "ping" });
  const warnings = () => mia.frames.filter(({ type }) => type === "expiring").length;
  await vi.advanceTimersByTimeAsync(30_000);
  for (let n = 0; n < 20; n += 1) mia.send({ type: "refresh", id: `r${n}` });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(warnings()).toBe(1);
  leases.current = { expiresAt: START + 100_000 };
  mia.send({ type: "refresh", id: "new" });
  await vi.advanceTimersByTimeAsync(25_000);
  expect(warnings()).toBe(2);
  await vi.advanceTimersByTimeAsync(25_000);
  expect(mia.frames.at(-1)).toMatchObject({ type: "close", error: { code: "SESSION_EXPIRED" } });
});

it("announces a lease that is shorter than the warning at its half, so that no renewal is followed by the next at once", async () => {
  const { enter, leases } = await leasedNode({ expiresAt: START + 10_000 });
  const mia = enter();
  const warnings = () => mia.frames.filter(({ type }) => type === "expiring").length;
  await vi.advanceTimersByTimeAsync(4_999);
  expect(warnings()).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(warnings()).toBe(1);
  for (let n = 2; n < 6; n += 1) {
    leases.current = { expiresAt: Date.now() + 10_000 };
    mia.send({ type: "refresh", id: `r${n}` });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(warnings()).toBe(n);
  }
});

it("sets one timer, and visits no lease that is not due", async () => {
  let read = 0;
  const timers: number[] = [];
  const clock = { ...systemClock, after: (ms: number) => (timers.push(ms), () => undefined) };
  const leases = new Leases(clock, 1_000);
  for (let n = 0; n < 20_000; n += 1) {
    const session = {
      get user() {
        read += 1;
        return { userId: `u${n}`, roles: [], expiresAt: START + 60_000 + n };
      },
    };
    leases.renew(session as unknown as RealtimeSession);
  }
  read = 0;
  for (let delivery = 0; delivery < 1_000; delivery += 1) leases.sweep();
  expect([read, timers]).toEqual([0, [59_000]]);
});

it("refuses at gate 1 a lease that has ended already", async () => {
  const { enter } = await leasedNode({ expiresAt: START });
  const mia = enter();
  await settle();
  expect(mia.frames).toMatchObject([{ type: "close", error: { code: "SESSION_EXPIRED" } }]);
});

it("closes a connection that never sends a frame", async () => {
  const { enter } = await leasedNode({});
  const [silent, busy] = [enter(), enter()];
  await settle();
  busy.send({ type: "ping" });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(silent.frames.at(-1)).toMatchObject({ type: "close", closeCode: 4112 });
  expect(busy.frames.at(-1)).toEqual({ type: "pong" });
});

it("closes when the identity is not known in time", async () => {
  const { enter } = await nodeUnderTest({ authenticator: { authenticate: () => new Promise(() => undefined) } });
  const mia = enter();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(mia.frames).toMatchObject([{ type: "close", closeCode: 4108, error: { code: "HANDSHAKE_TIMEOUT" } }]);
});

it("keeps nothing of a connection that has gone", async () => {
  const ended: string[] = [];
  const leases = new Leases({ ...systemClock }, 1_000);
  const session = { user: { userId: "mia", roles: [], expiresAt: START + 10 }, end: () => ended.push("mia") };
  leases.renew(session as unknown as RealtimeSession);
  leases.forget(session as unknown as RealtimeSession);
  await vi.advanceTimersByTimeAsync(20);
  expect(ended).toEqual([]);
});
