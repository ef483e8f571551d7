import fc from "fast-check";
import { expect, it } from "vitest";
import { look, LOOK_MS } from "./heartbeat.js";

const QUIET_MS = 25_000;

it.each([
  ["is well where the link has sent", { lookedAt: 97_000, receivedAt: 99_000, pingedAt: undefined }, "well"],
  ["pings a link that has been quiet", { lookedAt: 97_000, receivedAt: 75_000, pingedAt: undefined }, "ping"],
  ["waits for the reply", { lookedAt: 97_000, receivedAt: 75_000, pingedAt: 95_000 }, "well"],
  ["closes a link that does not reply", { lookedAt: 97_000, receivedAt: 75_000, pingedAt: 94_000 }, "dead"],
  ["pings after a sleep", { lookedAt: 50_000, receivedAt: 50_000, pingedAt: undefined }, "ping"],
  [
    "pings again after a sleep, though a reply is overdue",
    { lookedAt: 50_000, receivedAt: 40_000, pingedAt: 49_000 },
    "ping",
  ],
  ["pings where the clock was set back", { lookedAt: 400_000, receivedAt: 400_000, pingedAt: undefined }, "ping"],
] as const)("%s", (_, pulse, decision) => {
  expect(look(pulse, 100_000, QUIET_MS)).toBe(decision);
});

it("finds a dead link within 10 s of waking, however long the sleep and whenever it began", () => {
  const sleeps = fc.record({
    beforeMs: fc.nat(LOOK_MS), // since the last look
    sleepMs: fc.integer({ min: 2 * LOOK_MS, max: 86_400_000 }),
    frozenMs: fc.nat(LOOK_MS), // what was left of the timer goes on after waking
    pingedAgoMs: fc.option(fc.nat(6_000), { nil: undefined }),
  });
  fc.assert(
    fc.property(sleeps, ({ beforeMs, sleepMs, frozenMs, pingedAgoMs }) => {
      const wokeAt = beforeMs + sleepMs;
      let pingedAt = pingedAgoMs === undefined ? undefined : -pingedAgoMs;
      let lookedAt = 0;
      let now = wokeAt + frozenMs;
      for (; ; now += LOOK_MS) {
        const decision = look({ lookedAt, receivedAt: 0, pingedAt }, now, QUIET_MS);
        if (decision === "dead") break;
        if (decision === "ping") pingedAt = now;
        lookedAt = now;
      }
      expect(now - wokeAt).toBeLessThanOrEqual(10_000);
    }),
  );
});
