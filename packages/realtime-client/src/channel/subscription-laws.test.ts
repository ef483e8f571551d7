import { FakeClock } from "@repo/core-testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { LossyServer, type Fate } from "../testing/lossy-server.js";
import { createSubscription } from "./create-subscription.js";

type Act = { readonly publish: Fate } | "deliver" | "read" | "reconnect" | "forget" | "limit" | "wait";

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ publish: fc.constantFrom<Fate>("arrives", "arrives", "is lost", "comes twice") }),
  },
  { weight: 6, arbitrary: fc.constant<Act>("deliver") },
  { weight: 3, arbitrary: fc.constant<Act>("read") },
  { weight: 1, arbitrary: fc.constant<Act>("reconnect") },
  { weight: 1, arbitrary: fc.constant<Act>("forget") },
  { weight: 2, arbitrary: fc.constant<Act>("limit") },
  { weight: 2, arbitrary: fc.constant<Act>("wait") },
);

const RETRY_MS = 60_000; // longer than any back-off

/** Emits a sequence of frames; returns what the app received, "gap" where it was notified that something is missing. */
function play(
  acts: readonly Act[],
  kept: number,
): { readonly received: readonly (number | "gap")[]; readonly published: number } {
  const server = new LossyServer(kept);
  const received: (number | "gap")[] = [];
  const onError = (cause: unknown) => {
    throw cause;
  };
  const clock = new FakeClock();
  const link = { request: server.request.bind(server) } as never; // all that a subscription uses of a link
  const subscription = createSubscription(
    "c",
    {},
    { connection: { link }, clock, random: () => 0, onRefused: () => undefined, onSent: () => undefined, onError },
  );
  subscription.listeners.add({
    message: ({ payload }) => received.push(Number(payload)),
    gap: () => received.push("gap"),
  });
  server.onMessage = subscription.receive;
  const reconnect = () => {
    server.break();
    subscription.detach();
    subscription.attach();
  };
  const settle = () => {
    server.settle();
    clock.advance(RETRY_MS);
    server.settle();
  };
  reconnect();
  settle();
  for (const next of acts) {
    if (typeof next === "object") server.publish(next.publish);
    else if (next === "reconnect") reconnect();
    else if (next === "wait") clock.advance(RETRY_MS);
    else server[next]();
  }
  settle();
  reconnect(); // a message that was lost last of all is not noticed before this
  settle();
  return { received, published: server.published };
}

it("receives everything in order and once, or is notified of the gap, whatever the connection and the history do", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 120, size: "max" }), fc.integer({ min: 1, max: 30 }), (acts, kept) => {
      const { received, published } = play(acts, kept);
      let last = 0;
      let mayMiss = false;
      for (const one of received) {
        if (one === "gap") mayMiss = true;
        else {
          if (mayMiss) expect(one).toBeGreaterThan(last);
          else expect(one).toBe(last + 1);
          last = one;
          mayMiss = false;
        }
      }
      if (!mayMiss) expect(last).toBe(published);
    }),
    { numRuns: 3_000 },
  );
});

it("reports no gap while the history keeps enough (the control: it could not report a gap all the time)", () => {
  const bearable = act.filter((next) => next !== "forget");
  fc.assert(
    fc.property(fc.array(bearable, { maxLength: 120, size: "max" }), (acts) => {
      const { received, published } = play(acts, 1_000);
      expect(received).toEqual(Array.from({ length: published }, (_, index) => index + 1));
    }),
    { numRuns: 3_000 },
  );
});
