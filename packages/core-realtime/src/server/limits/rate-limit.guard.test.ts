import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RealtimeError } from "../../index.js";
import { Proxies } from "./proxies.js";
import { RateLimitGuard } from "./rate-limit.guard.js";
import { ReachedLimit } from "./reached-limit.js";
import { systemClock } from "../system-clock.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const RATES = { messagesPerSecond: 20, messagesPerSecondPerUser: 30, messagesPerSecondPerAddress: 40 };

function guarded() {
  const guard = new RateLimitGuard(systemClock, RATES, new Proxies());
  let connections = 0;
  /** A new connection that sends until it is refused: how many were taken, and the refusal. */
  const flood = (userId: string | null, remoteAddress = "203.0.113.7", headers = {}) => {
    connections += 1;
    const subject = {
      connectionId: `${connections}`,
      user: userId === null ? null : { userId, roles: [] },
      handshake: { transport: "ws", url: "/", headers, remoteAddress },
    };
    for (let taken = 0; taken < 1_000; taken += 1) {
      try {
        guard.arrive(subject);
      } catch (error) {
        guard.forget(subject.connectionId);
        return { taken, error: error as RealtimeError };
      }
    }
    throw new Error("never refused");
  };
  return flood;
}

it("takes no more of a user than the limit, however often the user reconnects", () => {
  const flood = guarded();
  let taken = 0;
  for (let ms = 0; ms < 10_000; ms += 50) {
    taken += flood("mia").taken;
    vi.advanceTimersByTime(50);
  }
  expect(taken).toBeGreaterThan(300);
  expect(taken).toBeLessThanOrEqual(10 * 30 + 60);
  expect(flood("sam").taken).toBe(40);
});

it("takes no more of an address's anonymous visitors, IPv6 by its network, and counts no signed-in user there", () => {
  const flood = guarded();
  const from = (host: number) => flood(null, `2001:db8:0:1::${host}`).taken;
  expect([from(1), from(2), from(3)]).toEqual([40, 40, 0]);
  expect([flood(null, "2001:db8:0:2::1").taken, flood("mia", "2001:db8:0:1::9").taken]).toEqual([40, 40]);
});

it("counts by no address behind a proxy", () => {
  const flood = guarded();
  const proxied = () => flood(null, "10.0.0.1", { "x-forwarded-for": "9.9.9.9" }).taken;
  expect([proxied(), proxied(), proxied(), proxied()]).toEqual([40, 40, 40, 40]);
});

it("shows observers which limit was reached, and the client when it is over", () => {
  const flood = guarded();
  const { error: own } = flood("mia");
  const { error: shared } = flood("mia");
  expect([own.retryAfterMs, shared.retryAfterMs]).toEqual([50, 34]);
  expect([own.cause, shared.cause]).toEqual([
    new ReachedLimit("messagesPerSecond", undefined),
    new ReachedLimit("messagesPerSecondPerUser", "mia"),
  ]);
  expect(JSON.stringify([own.toWire(), shared.toWire()])).not.toContain("PerUser");
});

it("takes nothing from a user's other connections for what one connection sends in vain", () => {
  const guard = new RateLimitGuard(systemClock, { ...RATES, messagesPerSecondPerUser: 41 / 2 }, new Proxies());
  const handshake = { transport: "ws", url: "/", headers: {} };
  const tab = (connectionId: string) => ({ connectionId, user: { userId: "mia", roles: [] }, handshake });
  for (let n = 0; n < 40; n += 1) guard.arrive(tab("busy"));
  for (let n = 0; n < 40; n += 1) expect(() => guard.arrive(tab("busy"))).toThrow();
  expect(() => guard.arrive(tab("quiet"))).not.toThrow();
});
