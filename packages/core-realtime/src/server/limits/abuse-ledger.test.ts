import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RealtimeError } from "../../index.js";
import { AbuseLedger } from "./abuse-ledger.js";
import { Proxies } from "./proxies.js";
import { overLimit } from "./reached-limit.js";
import { systemClock } from "../system-clock.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const from = (remoteAddress: string, headers = {}) => ({ transport: "ws", url: "/", headers, remoteAddress });
const limited = overLimit("messagesPerSecond");

/** A ledger, and a connection that violates once in each of so many seconds. */
function ledger() {
  const abuse = new AbuseLedger(systemClock, 3, new Proxies());
  const violate = (seconds: number, address = "10.0.0.1", refusal = limited) => {
    const closed: (RealtimeError | undefined)[] = [];
    for (let second = 0; second < seconds; second += 1) {
      closed.push(abuse.note("c", from(address), refusal));
      vi.advanceTimersByTime(1_000);
    }
    abuse.forget("c");
    return closed.map((error) => error && [error.code, error.retryAfterMs]);
  };
  const waits = (address = "10.0.0.1") => abuse.refusalOf(from(address))?.retryAfterMs ?? 0;
  return { abuse, violate, waits };
}

it("closes at the third violation within ten seconds, with the time to come back, and admits its address meanwhile", () => {
  const { violate, waits } = ledger();
  expect(violate(3)).toEqual([undefined, undefined, ["ABUSE", 10_000]]);
  expect(waits()).toBe(0);
});

it("counts a burst within one second once", () => {
  const { abuse } = ledger();
  for (let frame = 0; frame < 50; frame += 1) expect(abuse.note("c", from("10.0.0.1"), limited)).toBeUndefined();
});

it("forgets violations after ten seconds", () => {
  const { violate } = ledger();
  violate(2);
  vi.advanceTimersByTime(10_000);
  expect(violate(2)).toEqual([undefined, undefined]);
});

it.each([
  new RealtimeError("UNAUTHORIZED"),
  new RealtimeError("TOO_MANY_SUBSCRIPTIONS"),
  new RealtimeError("RECOVERY_LIMITED"),
  overLimit("messagesPerSecondPerUser", "mia", 50),
  overLimit("messagesPerSecondPerAddress", "10.0.0.1", 50),
])("takes $code ($cause.limit) for no violation", (refusal) => {
  expect(ledger().violate(9, "10.0.0.1", refusal).filter(Boolean)).toEqual([]);
});

it("lets the address wait when it happens again, longer each time, and another not at all", () => {
  const { violate, waits } = ledger();
  const windows = Array.from({ length: 9 }, () => {
    const closed = violate(3).at(-1);
    const left = waits() === 0 ? 0 : waits() + 1_000; // a second has passed since
    vi.advanceTimersByTime(left);
    return [left, closed?.[1]];
  });
  const lengths = [10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 600_000, 600_000];
  expect(windows).toEqual([[0, 10_000], ...lengths.map((length) => [length, length])]);
  expect(waits("10.0.0.2")).toBe(0);
});

it("forgives an address that behaved for an hour", () => {
  const { violate, waits } = ledger();
  for (const _time of [1, 2, 3]) violate(3);
  vi.advanceTimersByTime(3_700_000);
  violate(3);
  expect(waits()).toBe(0);
});

it("delays no address behind a proxy, and an IPv6 network as a whole", () => {
  const { abuse, violate, waits } = ledger();
  for (const host of ["1", "2"]) violate(3, `2001:db8:0:1::${host}`);
  expect([waits("2001:db8:0:1::3"), waits("2001:db8:0:2::3")]).toEqual([9_000, 0]);
  const proxied = from("10.0.0.1", { "x-forwarded-for": "9.9.9.9" });
  for (const connection of ["a", "b"])
    for (let second = 0; second < 3; second += 1) {
      abuse.note(connection, proxied, limited);
      vi.advanceTimersByTime(1_000);
    }
  expect([abuse.refusalOf(proxied), waits()]).toEqual([undefined, 0]);
});

it("closes a connection that is refused again and again, whatever the reason, and admits its address", () => {
  const { abuse, waits } = ledger();
  const unknown = new RealtimeError("CHANNEL_UNKNOWN");
  const errors = Array.from({ length: 401 }, () => abuse.note("c", from("10.0.0.1"), unknown));
  expect(errors.filter(Boolean)).toMatchObject([{ code: "ABUSE", retryAfterMs: 10_000 }]);
  expect(waits()).toBe(0);
});
