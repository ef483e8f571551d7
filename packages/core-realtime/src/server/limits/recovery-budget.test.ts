import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Proxies } from "./proxies.js";
import { RecoveryBudget } from "./recovery-budget.js";
import { systemClock } from "../system-clock.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const LIMITS = {
  recoveryBytesPerSecond: 1_000,
  recoveryBytesPerSecondPerUser: 2_000,
  recoveryBytesPerSecondPerAddress: 3_000,
};

function budget() {
  const recovery = new RecoveryBudget(systemClock, LIMITS, new Proxies());
  let gaps = 0;
  const of = (connectionId: string, userId: string | null, headers = {}) => {
    const subject = {
      connectionId,
      user: userId === null ? null : { userId, roles: [] },
      handshake: { transport: "ws", url: "/", headers, remoteAddress: "10.0.0.1" },
    };
    /** Recovers a new gap, or the one that is named. */
    return (bytes: number, gap = `${(gaps += 1)}`) => recovery.take(subject, bytes, gap);
  };
  return of;
}

it("gives a connection eight seconds' worth at once, then the time at which there is enough again", () => {
  const mia = budget()("1", "mia");
  expect([mia(5_000), mia(3_000), mia(500), mia(500)]).toEqual([0, 0, 500, 500]);
  vi.advanceTimersByTime(500);
  expect([mia(500), mia(1)]).toEqual([0, 1]);
});

it("holds a user, and the anonymous visitors of an address, over all connections, new ones too", () => {
  const of = budget();
  expect(["1", "2", "3"].map((id) => of(id, "mia")(8_000))).toEqual([0, 0, 4_000]);
  expect(["a", "b", "c", "d"].map((id) => of(id, null)(8_000))).toEqual([0, 0, 0, 2_667]);
  const proxied = { "x-forwarded-for": "9.9.9.9" };
  expect(["e", "f"].map((id) => of(id, null, proxied)(8_000))).toEqual([0, 0]);
});

it("takes nothing where it refuses, and a page above the whole budget from a full one", () => {
  const mia = budget()("1", "mia");
  mia(7_000);
  for (let n = 0; n < 10; n += 1) expect(mia(2_000)).toBe(1_000);
  expect(mia(1_000)).toBe(0);
  vi.advanceTimersByTime(8_000);
  expect(mia(12_000)).toBe(0);
  expect(mia(1_000)).toBeCloseTo(5_000, -1);
});

it("lets the same gap be recovered twice, then only after a pause that grows", () => {
  const of = budget();
  const mia = of("1", "mia");
  expect([mia(10, "a@e:1"), mia(10, "a@e:1"), mia(10, "a@e:1")]).toEqual([0, 0, 1_000]);
  expect([mia(10, "a@e:2"), mia(10, "b@e:1"), of("2", "mia")(10, "a@e:1")]).toEqual([0, 0, 0]);
  const pauses = Array.from({ length: 7 }, () => {
    const pause = mia(10, "a@e:1");
    vi.advanceTimersByTime(pause);
    expect(mia(10, "a@e:1")).toBe(0);
    return pause;
  });
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  vi.advanceTimersByTime(60_000);
  expect([mia(10, "a@e:1"), mia(10, "a@e:1")]).toEqual([0, 0]);
});

it("takes nothing for a gap without messages", () => {
  const mia = budget()("1", "mia");
  for (let n = 0; n < 100; n += 1) expect(mia(0, "a@e:1")).toBe(0);
});

it("lets four connections that recover as fast as they can take their budget, not the bandwidth", () => {
  const of = budget();
  const readers = Array.from({ length: 4 }, (_, id) => of(`${id}`, null));
  let taken = 0;
  for (let ms = 0; ms < 12_000; ms += 10) {
    for (const take of readers) if (take(500) === 0) taken += 500;
    vi.advanceTimersByTime(10);
  }
  expect(taken).toBeLessThanOrEqual(3_000 * (8 + 12));
});
