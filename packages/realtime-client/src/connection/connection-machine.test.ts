import fc from "fast-check";
import { expect, it } from "vitest";
import { wireError } from "../testing/scripted-transport.js";
import { step, type ConnectionEvent, type Step } from "./connection-machine.js";
import type { ConnectionState } from "./connection-state.js";

const half = { now: 100_000, random: 0.5 };
const later = wireError("DRAINING", { retry: "later" });
const refused = wireError("EXPELLED", { retry: "refresh" });
const banned = wireError("ADDRESS_REFUSED", { retry: "later", retryAfterMs: 7_000 });
const abuse = wireError("ABUSE", { retry: "later" });
const hello = { type: "connected", connectionId: "c1", userId: "mia" } as const;

const idle: ConnectionState = { status: "idle" };
const connecting: ConnectionState = { status: "connecting", attempt: 2 };
const young: ConnectionState = { status: "connected", connectionId: "c1", userId: "mia", attempt: 2, madeAt: 99_000 };
const old: ConnectionState = { ...young, madeAt: 0 };
const leaving: ConnectionState = { ...old, windowMs: 5_000 };
const waiting: ConnectionState = { status: "waiting", attempt: 3, error: later };
const away: ConnectionState = { status: "waiting", attempt: 3, error: banned, notBefore: 107_000 };
const expired: ConnectionState = { status: "waiting", attempt: 3, error: refused };
const stopped: ConnectionState = { status: "stopped", error: refused };

const TABLE: readonly (readonly [string, ConnectionState, ConnectionEvent, Step])[] = [
  ["opens at connect()", idle, { type: "connect" }, [{ status: "connecting", attempt: 0 }, 15_000]],
  ["is connected when greeted", connecting, hello, [{ ...young, madeAt: 100_000 }]],
  ["abandons an attempt that takes too long", connecting, { type: "due" }, [{ ...waiting, error: undefined }, 1_000]],
  ["backs off after a failed attempt", connecting, { type: "closed" }, [{ ...waiting, error: undefined }, 1_000]],
  ["continues to back off after a short connection", young, { type: "closed", code: 1006 }, [{ ...waiting, error: undefined }, 1_000]],
  ["begins anew after a stable connection", old, { type: "closed", code: 4110, error: later }, [{ ...waiting, attempt: 1 }, 250]],
  ["comes back within the window of a server that drains", leaving, { type: "closed", code: 4100 }, [{ status: "waiting", attempt: 1, error: undefined }, 2_500]],
  ["remembers that window", old, { type: "draining", windowMs: 5_000 }, [leaving]],
  ["stays away after 45xx", old, { type: "closed", code: 4521, error: refused }, [stopped, "close"]],
  ["stays away after 45xx while connecting", connecting, { type: "closed", code: 4521, error: refused }, [stopped, "close"]],
  ["stays away after a bare 45xx", old, { type: "closed", code: 4503 }, [{ status: "stopped", error: undefined }, "close"]],
  ["connects again after 45xx with a time", connecting, { type: "closed", code: 4512, error: banned }, [away, 8_000]],
  ["connects again after 45xx with \"later\" and no time", connecting, { type: "closed", code: 4530, error: abuse }, [{ status: "waiting", attempt: 3, error: abuse, notBefore: 130_000 }, 31_000]],
  ["is not woken before the server's time has passed", away, { type: "wake" }, [away]],
  ["requests a new token first where the old one is refused", expired, { type: "due" }, [expired, "renew"]],
  ["requests it when the page is shown again", { ...expired, attempt: 4 }, { type: "wake" }, [{ ...expired, attempt: 0 }, "renew"]],
  ["connects with a new token", expired, { type: "renewed" }, [{ status: "connecting", attempt: 3, error: expired.error }, 15_000]],
  ["stops where there is no other token", expired, { type: "unrenewed", isLasting: true }, [stopped, "close"]],
  ["subscribes again later where the token could not be had", expired, { type: "unrenewed", isLasting: false }, [{ ...expired, attempt: 4 }, 2_000]],
  ["begins the attempt anew with a new sign-in", connecting, { type: "renewed" }, [{ status: "connecting", attempt: 2 }, 15_000]],
  ["connects again with a new sign-in after 45xx", stopped, { type: "renewed" }, [{ status: "connecting", attempt: 0 }, 15_000]],
  ["does not connect for a sign-in while idle", idle, { type: "renewed" }, [idle]],
  ["tries again when the time has come", waiting, { type: "due" }, [{ status: "connecting", attempt: 3, error: waiting.error }, 15_000]],
  ["tries again at once when the page is back", waiting, { type: "wake" }, [{ status: "connecting", attempt: 0, error: waiting.error }, 15_000]],
  ["probes the link when the page is shown again", old, { type: "wake" }, [old, "probe"]],
  ["takes the new identity", old, { type: "identified", userId: "tom" }, [{ ...old, userId: "tom" }]],
  ["connects again at connect() after 45xx", stopped, { type: "connect" }, [{ status: "connecting", attempt: 0 }, 15_000]],
  ["is not woken after 45xx", stopped, { type: "wake" }, [stopped]],
  ["is not woken while idle", idle, { type: "wake" }, [idle]],
  ["does not connect twice", old, { type: "connect" }, [old]],
  ["leaves a pending attempt alone", waiting, { type: "connect" }, [waiting]],
  ["takes no greeting that comes too late", waiting, hello, [waiting]],
  ["closes once", waiting, { type: "closed" }, [waiting]],
]; // prettier-ignore

it.each(TABLE)("%s", (_, ...[state, event, expected]) => {
  expect(step(state, event, half)).toEqual(expected);
});

it("waits for a new token after 45xx where there is a token provider: at once, and with back-off when that did not help", () => {
  const close = { type: "closed", code: 4521, error: refused } as const;
  const moment = { ...half, canRenew: true };
  expect(step(old, close, moment)).toEqual([{ status: "waiting", attempt: 1, error: refused }, 0]);
  expect(step(connecting, close, moment)).toEqual([{ status: "waiting", attempt: 3, error: refused }, 1_000]);
});

it.each([idle, connecting, young, leaving, waiting, stopped])("ends from everywhere: $status", (state) => {
  expect(step(state, { type: "disconnect" }, half)).toEqual([{ status: "idle" }, "close"]);
});

const error = fc.option(
  fc
    .record(
      { retryAfterMs: fc.integer({ min: 1, max: 60_000 }), retry: fc.constantFrom("never", "later", "refresh") },
      { requiredKeys: [] },
    )
    .map((rest) => wireError("ABUSE", rest)),
  { nil: undefined },
);
const event: fc.Arbitrary<ConnectionEvent> = fc.oneof(
  fc.constantFrom<ConnectionEvent>(
    hello,
    { type: "connect" },
    { type: "disconnect" },
    { type: "due" },
    { type: "wake" },
    { type: "renewed" },
    { type: "unrenewed", isLasting: true },
    { type: "unrenewed", isLasting: false },
  ),
  fc.record({ type: fc.constant("draining" as const), windowMs: fc.integer({ min: 0, max: 30_000 }) }),
  fc.record({
    type: fc.constant("closed" as const),
    code: fc.constantFrom(undefined, 1000, 1006, 4100, 4190, 4501, 4530),
    error,
  }),
);
const walk = fc.array(fc.tuple(event, fc.nat(20_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })), {
  maxLength: 100,
  size: "max",
});

it("walks anywhere without losing its way", () => {
  fc.assert(
    fc.property(walk, (events) => {
      let state: ConnectionState = idle;
      let timer = false; // is `due` the next event?
      let link = false;
      let now = 0;
      for (const [next, ms, random] of events) {
        now += ms;
        const before: ConnectionState = state;
        const [after, effect] = step(state, next, { now, random, canRenew: true });
        if (after.status !== before.status) timer = false;
        if (typeof effect === "number") {
          expect(effect).toBeGreaterThanOrEqual(0);
          expect(effect).toBeLessThanOrEqual(30_000 + 60_000);
          timer = true;
        }
        if (effect === "renew") timer = true; // `renewed` or `unrenewed`
        if (effect !== undefined && effect !== "probe") link = after.status === "connecting";
        state = after;
        const { status } = state;
        expect(timer).toBe(status === "connecting" || status === "waiting"); // never stuck, never woken without need
        expect(link).toBe(status === "connecting" || status === "connected"); // a link exactly where there should be one
        if (
          next.type === "closed" &&
          (next.code ?? 0) >= 4500 &&
          before.status === "connected" &&
          !next.error?.retryAfterMs &&
          (next.error?.retry ?? "never") === "never"
        )
          expect(status).toBe("stopped");
      }
    }),
    { numRuns: 500 },
  );
});
