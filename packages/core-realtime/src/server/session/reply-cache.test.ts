import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RealtimeError, type RealtimeErrorCode } from "../../index.js";
import type { RealtimeSession } from "./realtime-session.js";
import { ReplyCache, type Outcome, type ReplyKey } from "./reply-cache.js";
import { systemClock } from "../system-clock.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const who = (userId: string | null, connectionId = "c1") =>
  ({ user: userId === null ? null : { userId, roles: [] }, connectionId }) as unknown as RealtimeSession;
const LIMITS = { replyCacheMs: 1_000, replyCacheBytesPerUser: 100_000, replyCacheBytes: 250_000 };

/** Runs only where no outcome is known, as gate 3 does. */
function runOnce(cache: ReplyCache, key: ReplyKey, run: () => Promise<Outcome> | Outcome): Promise<Outcome> | Outcome {
  return cache.known(key) ?? cache.remember(key, run());
}

function counting(limits: Partial<typeof LIMITS> = {}) {
  const cache = new ReplyCache(systemClock, { ...LIMITS, ...limits });
  let runs = 0;
  const once = async (session: RealtimeSession, messageId: string | undefined, channel = "a") => {
    const outcome = await runOnce(cache, { session, channel, messageId }, async () => ({
      ok: true,
      result: `${(runs += 1)}`,
    }));
    return outcome.ok && Number(outcome.result);
  };
  /** A reply of about this many bytes; true where it ran. */
  const large = (userId: string, messageId: string, bytes = 10_000) => {
    const before = runs;
    runOnce(cache, { session: who(userId), channel: "a", messageId }, () => {
      runs += 1;
      return { ok: true, result: "x".repeat(bytes / 2) };
    });
    return runs > before;
  };
  return { once, large, cache };
}

it("remembers by user, channel and id", async () => {
  const { once } = counting();
  expect(await once(who("mia"), "1")).toBe(1);
  expect(await once(who("mia", "c2"), "1")).toBe(1);
  expect(await once(who("mia"), "1", "b")).toBe(2);
  expect(await once(who("mia"), "2")).toBe(3);
  expect(await once(who("sam"), "1")).toBe(4);
  expect(await once(who(null, "c1"), "1")).toBe(5);
  expect(await once(who(null, "c2"), "1")).toBe(6);
  expect(await once(who("mia"), undefined)).toBe(7);
  expect(await once(who("mia"), undefined)).toBe(8);
});

it("forgets when the time is over, and holds no owner without replies", async () => {
  const { once, cache } = counting();
  await once(who("mia"), "1");
  vi.advanceTimersByTime(999);
  expect(await once(who("mia"), "1")).toBe(1);
  vi.advanceTimersByTime(2);
  expect(await once(who("sam"), "1")).toBe(2);
  const { bytes } = cache;
  expect(await once(who("mia"), "1")).toBe(3);
  vi.advanceTimersByTime(2_000);
  await once(who("pia"), "1");
  expect(cache.bytes).toBe(bytes);
});

it("returns at once what comes at once, the first time and when it is repeated", () => {
  const { cache } = counting();
  const key = { session: who("mia"), channel: "a", messageId: "1" };
  const outcome: Outcome = { ok: true, result: "7" };
  expect(runOnce(cache, key, () => outcome)).toBe(outcome);
  expect(runOnce(cache, key, () => ({ ok: true, result: "8" }))).toBe(outcome);
});

it("gives a repeat that comes during the run the same outcome, and runs once", async () => {
  const { once } = counting();
  expect(await Promise.all([once(who("mia"), "1"), once(who("mia"), "1")])).toEqual([1, 1]);
});

it.each<[RealtimeErrorCode, number]>([
  ["HANDLER_TIMEOUT", 2],
  ["HANDLER_FAILED", 2],
  ["RATE_LIMITED", 2],
  ["UNAUTHENTICATED", 2],
  ["REFUSED", 1],
])("runs a message whose first outcome was %s %i times", async (code, expected) => {
  for (const isAsync of [true, false]) {
    const { cache } = counting();
    let runs = 0;
    const run = () => {
      runs += 1;
      const outcome: Outcome = { ok: false, error: new RealtimeError(code) };
      return isAsync ? Promise.resolve(outcome) : outcome;
    };
    const key = { session: who("mia"), channel: "a", messageId: "1" };
    for (const _twice of [1, 2]) expect(await runOnce(cache, key, run)).toMatchObject({ ok: false, error: { code } });
    expect(runs).toBe(expected);
  }
});

it("holds a user's bound in bytes, and a flood forgets its own replies alone", () => {
  const { large, cache } = counting();
  large("sam", "1");
  const { bytes } = cache;
  for (let id = 0; id < 100; id += 1) large("mia", `${id}`);
  expect(cache.bytes - bytes).toBeLessThanOrEqual(LIMITS.replyCacheBytesPerUser);
  expect(cache.bytes - bytes).toBeGreaterThan(LIMITS.replyCacheBytesPerUser * 0.8);
  expect([large("sam", "1"), large("mia", "99"), large("mia", "0")]).toEqual([false, false, true]);
});

it("counts a reply when its run is over, and does not keep one above the bound", async () => {
  const { cache } = counting();
  const key = { session: who("mia"), channel: "a", messageId: "1" };
  await runOnce(cache, key, async () => ({ ok: true, result: "x".repeat(LIMITS.replyCacheBytesPerUser) }));
  expect(cache.bytes).toBe(0);
});

it("holds the node's bound, and forgets first of those above an equal share", () => {
  const { large, cache } = counting();
  for (const light of ["pia", "sam"]) large(light, "1");
  for (let id = 0; id < 30; id += 1) for (const heavy of ["a", "b", "c", "d"]) large(heavy, `${id}`);
  expect(cache.bytes).toBeLessThanOrEqual(LIMITS.replyCacheBytes);
  expect(cache.bytes).toBeGreaterThan(LIMITS.replyCacheBytes * 0.8);
  expect(["pia", "sam"].map((light) => large(light, "1"))).toEqual([false, false]);
});

it("holds the node's bound over users who each have little", () => {
  const { large, cache } = counting();
  for (let user = 0; user < 500; user += 1) {
    large(`u${user}`, "1", 1_000);
    vi.advanceTimersByTime(1);
  }
  expect(cache.bytes).toBeLessThanOrEqual(LIMITS.replyCacheBytes);
  expect([large("u499", "1", 1_000), large("u0", "1", 1_000)]).toEqual([false, true]);
});

it("forgets an anonymous visitor who has gone, and no user", async () => {
  const { once, cache } = counting();
  await once(who(null, "c1"), "1");
  await once(who("mia", "c2"), "1");
  for (const connectionId of ["c1", "c2"]) cache.forget(connectionId);
  expect([await once(who("mia", "c3"), "1"), await once(who(null, "c1"), "1")]).toEqual([2, 3]);
});

it("leaves nothing of a run that ends after its visitor has gone", async () => {
  const { cache } = counting();
  const running = runOnce(cache, { session: who(null), channel: "a", messageId: "1" }, async () => ({
    ok: true,
    result: "late",
  }));
  cache.forget("c1");
  await running;
  expect(cache.bytes).toBe(0);
});

it("iterates over no map, however many owners there are", async () => {
  const { once } = counting({ replyCacheBytes: 1e9 });
  for (let user = 0; user < 5_000; user += 1) await once(who(`u${user}`), "1");
  const walks = ([Symbol.iterator, "keys", "values", "entries", "forEach"] as const).map((name) =>
    vi.spyOn(Map.prototype, name),
  );
  vi.advanceTimersByTime(1_500);
  for (let user = 0; user < 100; user += 1) await once(who(`u${user}`), "2");
  const walked = walks.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  vi.restoreAllMocks();
  expect(walked).toBe(0);
});

it("takes no id for the id and the channel of another message", async () => {
  const { once } = counting();
  expect(await once(who("mia"), "1\nb", "a")).toBe(1);
  expect(await once(who("mia"), "1", "b")).toBe(2);
  expect(await once(who("mia"), "1", "a")).toBe(3);
  expect(await once(who("mia"), "1", "b")).toBe(2);
});
