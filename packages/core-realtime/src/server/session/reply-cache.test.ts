import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RealtimeSession } from "./realtime-session.js";
import { ReplyCache } from "./reply-cache.js";
import { systemClock } from "../system-clock.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const who = (userId: string | null, connectionId = "c1") =>
  ({ user: userId === null ? null : { userId, roles: [] }, connectionId }) as unknown as RealtimeSession;

function counting() {
  const cache = new ReplyCache(systemClock, 1_000);
  let runs = 0;
  const once = async (session: RealtimeSession, messageId: string | undefined, channel = "a") => {
    const outcome = await cache.once({ session, channel, messageId }, async () => ({
      ok: true,
      result: `${(runs += 1)}`,
    }));
    return outcome.ok && Number(outcome.result);
  };
  return { once, cache };
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

it("forgets when the time is over", async () => {
  const { once } = counting();
  await once(who("mia"), "1");
  vi.advanceTimersByTime(999);
  expect(await once(who("mia"), "1")).toBe(1);
  vi.advanceTimersByTime(2);
  expect(await once(who("mia"), "1")).toBe(2);
});

it("lets a flood push out its own memories alone", async () => {
  const { once } = counting();
  await once(who("sam"), "1");
  await once(who("mia"), "first");
  for (let id = 0; id < 4_096; id += 1) await once(who("mia"), `${id}`);
  expect(await once(who("sam"), "1")).toBe(1);
  expect(await once(who("mia"), "first")).toBe(4_099);
});

it("forgets an anonymous visitor who has gone, and no user", async () => {
  const { once, cache } = counting();
  await once(who(null, "c1"), "1");
  await once(who("mia", "c2"), "1");
  for (const connectionId of ["c1", "c2"]) cache.forget(connectionId);
  expect([await once(who("mia", "c3"), "1"), await once(who(null, "c1"), "1")]).toEqual([2, 3]);
});
