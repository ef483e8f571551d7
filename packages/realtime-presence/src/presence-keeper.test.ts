import { defineRealtimeChannel } from "@repo/core-realtime";
import { FakeClock, RecordingRealtimeBroadcaster } from "@repo/core-testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { definePresenceChannel } from "./define-presence-channel.js";
import { InMemoryPresenceStore } from "./in-memory-presence-store.js";
import type { PresenceChange } from "./presence-member.js";
import { PresenceKeeper } from "./presence-keeper.js";
import type { IPresenceStore } from "./presence-store.js";

const room = defineRealtimeChannel({ name: "room", scope: "public", payload: z.object({}) });
const presence = definePresenceChannel(room, { meta: z.number() });
const address = { channel: room, name: "room", params: {} };

/** A store whose answers take as many turns as they like. */
function slow(inner: IPresenceStore, turns: () => number): IPresenceStore {
  const later = async <T>(answer: () => T): Promise<Awaited<T>> => {
    for (let turn = turns(); turn > 0; turn -= 1) await Promise.resolve();
    return await answer();
  };
  return {
    put: (channel, stored) => later(() => inner.put(channel, stored)),
    remove: (channel, connectionId) => later(() => inner.remove(channel, connectionId)),
    list: (channel) => inner.list(channel),
    beat: (nodeId) => inner.beat(nodeId),
    reap: (silentMs) => inner.reap(silentMs),
  };
}

type Step = readonly [what: "join" | "asked" | "closed" | "lapsed" | "silent" | "meta" | "turn" | "time", who: number];

/** Walks connections through the steps, lets the last of them leave, and tells what was said and what stayed. */
async function walk(steps: readonly Step[], delays: readonly number[]) {
  const [clock, realtime, errors] = [new FakeClock(), new RecordingRealtimeBroadcaster(), [] as unknown[]];
  const inner = new InMemoryPresenceStore(clock);
  let asked = 0;
  const store = slow(inner, () => delays[(asked += 1) % delays.length] ?? 0);
  const channels = new Map([[room.name, presence]]);
  const keeper = new PresenceKeeper({
    channels,
    store,
    realtime,
    clock,
    nodeId: "n",
    graceMs: 2_000,
    onError: (e) => errors.push(e),
  });
  const here = new Set<string>();
  for (const [what, who] of steps) {
    const connectionId = `c${who}`;
    if (what === "turn") await Promise.resolve();
    else if (what === "time") clock.advance(who * 900);
    else if (what === "silent") keeper.gaveUp(connectionId);
    else if (what === "meta") await keeper.update(address, connectionId, who).catch(() => undefined);
    else if (what === "join" && !here.has(connectionId)) {
      here.add(connectionId);
      keeper.join(address, { connectionId, userId: `u${who % 2}` });
    } else if (what !== "join" && here.delete(connectionId)) keeper.leave(address, connectionId, what);
  }
  for (const connectionId of here) keeper.leave(address, connectionId, "closed");
  await clock.advanceAsync(2_000);
  await keeper.close();
  return { said: realtime.broadcasts, stayed: inner.list("room"), errors };
}

it("leaves no ghost: whatever races, every join is followed by its leave and the store is empty", async () => {
  const step = fc.tuple(
    fc.constantFrom("join", "asked", "closed", "lapsed", "silent", "meta", "turn", "time"),
    fc.nat(3),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step as fc.Arbitrary<Step>, { maxLength: 14 }),
      fc.array(fc.nat(6), { minLength: 1, maxLength: 5 }),
      async (steps, delays) => {
        const { said, stayed, errors } = await walk(steps, delays);
        expect([stayed, errors]).toEqual([[], []]);
        const tabs = new Map<string, Set<string>>();
        for (const { event, payload } of said) {
          if (event === "presence:update") continue;
          const { member, tabs: count } = payload as PresenceChange;
          const person = tabs.get(String(member.userId)) ?? new Set();
          tabs.set(String(member.userId), person);
          expect(person.has(member.connectionId)).toBe(event === "presence:leave"); // no join twice, no leave of a stranger
          if (event === "presence:join") person.add(member.connectionId);
          else person.delete(member.connectionId);
          expect(count).toBe(person.size);
        }
        expect([...tabs.values()].every((person) => person.size === 0)).toBe(true);
      },
    ),
    { numRuns: 10_000 },
  );
}, 60_000);

it("reaches what the property is about (its control): joins, reloads and leaves are really said", async () => {
  const { said } = await walk(
    [
      ["join", 0],
      ["turn", 0],
      ["turn", 0],
      ["join", 2],
      ["closed", 0],
      ["time", 3],
      ["meta", 2],
    ],
    [1],
  );
  expect(said.map(({ event }) => event)).toEqual([
    "presence:join",
    "presence:join",
    "presence:leave",
    "presence:update",
    "presence:leave",
  ]);
});
