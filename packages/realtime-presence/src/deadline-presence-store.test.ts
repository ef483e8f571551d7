import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import { DeadlinePresenceStore } from "./deadline-presence-store.js";
import { InMemoryPresenceStore } from "./in-memory-presence-store.js";
import { presenceUnderTest, seen, withPut } from "./presence-under-test.js";
import type { IPresenceStore } from "./presence-store.js";

it("continues with a channel after a write that never returns", async () => {
  let hangs = 1;
  const memory = new InMemoryPresenceStore();
  const store = withPut(memory, (...args) =>
    (hangs -= 1) >= 0 ? new Promise<never>(() => undefined) : memory.put(...args),
  );
  const { arrive, clock, errors, presence } = await presenceUnderTest({ store });
  const { client } = await arrive("mia");
  await clock.advanceAsync(10_000);
  await arrive("sam");
  await clock.advanceAsync(5_200); // a heartbeat, which retries what was not written, and a tick
  expect(errors).toEqual([new Error("The presence store has not done put within 10000 ms.")]);
  expect(await client.roundTrip()).toBeUndefined();
  const members = await presence.list(seen);
  expect(members.map(({ userId }) => userId).toSorted()).toEqual(["mia", "sam"]);
});

it("rejects each call after 10 s, and leaves a store in memory synchronous", async () => {
  const clock = new FakeClock();
  const onLateWrite = () => undefined;
  const never = () => new Promise<never>(() => undefined);
  const hanging: IPresenceStore = { put: never, remove: never, list: never, beat: never, reap: never };
  const store = new DeadlinePresenceStore({ store: hanging, clock, onLateWrite });
  const calls = [store.remove("a", "c"), store.list("a"), store.beat("n"), store.reap(1)];
  const outcomes = Promise.allSettled(calls);
  await clock.advanceAsync(10_000);
  expect((await outcomes).map(({ status }) => status)).toEqual(calls.map(() => "rejected"));
  const memory = new DeadlinePresenceStore({ store: new InMemoryPresenceStore(clock), clock, onLateWrite });
  expect(memory.list("a")).toEqual({ members: [], total: 0 });
});
