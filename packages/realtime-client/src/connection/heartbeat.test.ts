import fc from "fast-check";
import { expect, it } from "vitest";
import { look, LOOK_MS } from "./heartbeat.js";

const QUIET_MS = 25_000;

it.each([
  ["is well after a look at a link that spoke", { lookedAt: 97_000, heardAt: 99_000, askedAt: undefined }, "well"],
  ["asks a link that has been quiet", { lookedAt: 97_000, heardAt: 75_000, askedAt: undefined }, "ask"],
  ["waits for the answer", { lookedAt: 97_000, heardAt: 75_000, askedAt: 95_000 }, "well"],
  ["gives up a link that does not answer", { lookedAt: 97_000, heardAt: 75_000, askedAt: 94_000 }, "dead"],
  ["asks after a sleep", { lookedAt: 50_000, heardAt: 50_000, askedAt: undefined }, "ask"],
  [
    "asks anew after a sleep, though an answer is overdue",
    { lookedAt: 50_000, heardAt: 40_000, askedAt: 49_000 },
    "ask",
  ],
  ["asks where the clock was set back", { lookedAt: 400_000, heardAt: 400_000, askedAt: undefined }, "ask"],
] as const)("%s", (_, pulse, verdict) => {
  expect(look(pulse, 100_000, QUIET_MS)).toBe(verdict);
});

it("finds a dead link within 10 s of waking, however long the sleep and whenever it began", () => {
  const sleeps = fc.record({
    beforeMs: fc.nat(LOOK_MS), // since the last look
    sleepMs: fc.integer({ min: 2 * LOOK_MS, max: 86_400_000 }),
    frozenMs: fc.nat(LOOK_MS), // what was left of the timer goes on after waking
    askedAgoMs: fc.option(fc.nat(6_000), { nil: undefined }),
  });
  fc.assert(
    fc.property(sleeps, ({ beforeMs, sleepMs, frozenMs, askedAgoMs }) => {
      const wokeAt = beforeMs + sleepMs;
      let askedAt = askedAgoMs === undefined ? undefined : -askedAgoMs;
      let lookedAt = 0;
      let now = wokeAt + frozenMs;
      for (; ; now += LOOK_MS) {
        const verdict = look({ lookedAt, heardAt: 0, askedAt }, now, QUIET_MS);
        if (verdict === "dead") break;
        if (verdict === "ask") askedAt = now;
        lookedAt = now;
      }
      expect(now - wokeAt).toBeLessThanOrEqual(10_000);
    }),
  );
});
