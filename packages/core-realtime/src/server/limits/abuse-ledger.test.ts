import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RealtimeError } from "../../index.js";
import { AbuseLedger } from "./abuse-ledger.js";
import { Proxies } from "./proxies.js";
import { systemClock } from "../system-clock.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const from = (remoteAddress: string) => ({ transport: "ws", url: "/", headers: {}, remoteAddress });
const limited = new RealtimeError("RATE_LIMITED");

/** A ledger, and a connection that violates once in each of so many seconds. */
function ledger() {
  const abuse = new AbuseLedger(systemClock, 3, new Proxies());
  const violate = (seconds: number, address = "10.0.0.1") => {
    const codes: (string | undefined)[] = [];
    for (let second = 0; second < seconds; second += 1) {
      codes.push(abuse.note("c", from(address), limited)?.code);
      vi.advanceTimersByTime(1_000);
    }
    abuse.forget("c");
    return codes;
  };
  const waits = (address = "10.0.0.1") => abuse.refusalOf(from(address))?.retryAfterMs ?? 0;
  return { abuse, violate, waits };
}

it("closes at the third violation within ten seconds", () => {
  expect(ledger().violate(3)).toEqual([undefined, undefined, "ABUSE"]);
});

it("counts a burst within one second once", () => {
  const { abuse } = ledger();
  for (let frame = 0; frame < 50; frame += 1) expect(abuse.note("c", from("10.0.0.1"), limited)).toBeUndefined();
});

it("forgets violations after ten seconds, and counts no ordinary refusal", () => {
  const { abuse, violate } = ledger();
  violate(2);
  vi.advanceTimersByTime(10_000);
  expect(violate(2)).toEqual([undefined, undefined]);
  for (let n = 0; n < 5; n += 1)
    expect(abuse.note("d", from("10.0.0.1"), new RealtimeError("UNAUTHORIZED"))).toBeUndefined();
});

it("lets the address wait longer each time, and another not at all", () => {
  const { violate, waits } = ledger();
  const windows = Array.from({ length: 8 }, () => {
    violate(3);
    const left = waits() + 1_000; // a second has passed since
    vi.advanceTimersByTime(left);
    return left;
  });
  expect(windows).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 600_000, 600_000]);
  expect(waits("10.0.0.2")).toBe(0);
});

it("forgives an address that behaved for an hour", () => {
  const { violate, waits } = ledger();
  violate(3);
  vi.advanceTimersByTime(3_700_000);
  violate(3);
  expect(waits()).toBe(9_000);
});

it("closes who is refused without end, whatever the reason", () => {
  const { abuse } = ledger();
  const unknown = new RealtimeError("CHANNEL_UNKNOWN");
  const codes = Array.from({ length: 401 }, () => abuse.note("c", from("10.0.0.1"), unknown)?.code);
  expect(codes.filter(Boolean)).toEqual(["ABUSE"]);
});
