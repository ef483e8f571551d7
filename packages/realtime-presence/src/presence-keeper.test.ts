import { defineRealtimeChannel } from "@repo/core-realtime";
import { FakeClock, RecordingRealtimeBroadcaster } from "@repo/core-testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { DEFAULT_BOUNDS } from "./presence-bounds.js";
import { definePresenceChannel } from "./define-presence-channel.js";
import { InMemoryPresenceStore } from "./in-memory-presence-store.js";
import type { PresenceChange } from "./presence-member.js";
import { PresenceKeeper } from "./presence-keeper.js";
import type { IPresenceStore } from "./presence-store.js";

const room = defineRealtimeChannel({ name: "room", scope: "public", payload: z.object({}) });
const presence = definePresenceChannel(room, { meta: z.number() });
const address = { channel: room, name: "room", params: {} };

/** A store whose replies take a random number of turns. */
function slow(inner: IPresenceStore, turns: () => number): IPresenceStore {
  const later = async <T>(reply: () => T): Promise<Awaited<T>> => {
    for (let turn = turns(); turn > 0; turn -= 1) await Promise.resolve();
    return await reply();
  };
  return {
    put: (channel, stored, bounds) => later(() => inner.put(channel, stored, bounds)),
    remove: (channel, connectionId) => later(() => inner.remove(channel, connectionId)),
    list: (channel, query) => inner.list(channel, query),
    beat: (nodeId) => inner.beat(nodeId),
    reap: (silentMs) => inner.reap(silentMs),
  };
}

const WHATS = [
  "join",
  "unsubscribed",
  "disconnected",
  "ended",
  "silent",
  "meta",
  "user",
  "active",
  "beat",
  "turn",
  "time",
] as const;
type Step = readonly [what: (typeof WHATS)[number], who: number];

interface Walk {
  readonly delays?: readonly number[];
  readonly maxTabs?: number;
}

/** Walks connections through the steps, lets the last of them leave, and returns what was published and what stayed. */
async function walk(steps: readonly Step[], { delays = [1], maxTabs = 9 }: Walk = {}) {
  const [clock, realtime, errors] = [new FakeClock(), new RecordingRealtimeBroadcaster(), [] as unknown[]];
  const inner = new InMemoryPresenceStore(clock);
  let replies = 0;
  const keeper = new PresenceKeeper({
    channels: new Map([[room.name, presence]]),
    store: slow(inner, () => delays[(replies += 1) % delays.length] ?? 0),
    realtime,
    clock,
    nodeId: "n",
    bounds: { ...DEFAULT_BOUNDS, maxTabs },
    graceMs: 2_000,
    tickMs: 200,
    activeMs: 500,
    onError: (e) => errors.push(e),
  });
  const here = new Set<string>();
  for (const [what, who] of steps) {
    const connectionId = `c${who}`;
    if (what === "turn") await Promise.resolve();
    else if (what === "time") await clock.advanceAsync(who * 150);
    else if (what === "beat") keeper.retry();
    else if (what === "silent") keeper.gaveUp(connectionId);
    else if (what === "active") keeper.active(connectionId);
    else if (what === "user") keeper.identify(connectionId, `u${steps.length % 3}`);
    else if (what === "meta") attempt(() => keeper.update(address, connectionId, who));
    else if (what === "join") {
      if (here.has(connectionId)) continue;
      here.add(connectionId);
      keeper.join(address, { connectionId, userId: `u${who % 2}` });
    } else if (here.delete(connectionId)) keeper.leave(address, connectionId, what);
  }
  for (const connectionId of here) keeper.leave(address, connectionId, "disconnected");
  await clock.advanceAsync(2_400);
  const left = inner.list("room").members;
  await keeper.close();
  return { published: realtime.broadcasts, left, stayed: inner.list("room").members, errors };
}

/** A client that is not present may not publish; one that is not listed yet is refused. */
function attempt(update: () => void): void {
  try {
    update();
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^(NOT_SUBSCRIBED|REFUSED)$/) });
  }
}

it("leaves no ghost: whatever races, every join is followed by its leave and the store is empty", async () => {
  const step = fc.tuple(fc.constantFrom(...WHATS), fc.nat(3));
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 16 }),
      fc.array(fc.nat(6), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 4 }),
      async (steps, delays, maxTabs) => {
        const { published, left, stayed, errors } = await walk(steps, { delays, maxTabs });
        expect([left, stayed, errors]).toEqual([[], [], []]);
        const tabs = new Map<string, Set<string>>();
        for (const { event, payload } of published) {
          if (event === "presence:update") continue;
          const { member, tabs: count } = payload as PresenceChange;
          const person = tabs.get(String(member.userId)) ?? new Set();
          tabs.set(String(member.userId), person);
          expect(person.has(member.connectionId)).toBe(event === "presence:leave"); // no join twice, no leave of a member who never joined
          if (event === "presence:join") person.add(member.connectionId);
          else person.delete(member.connectionId);
          expect(count).toBe(person.size);
          expect(count).toBeLessThanOrEqual(maxTabs);
        }
        expect([...tabs.values()].every((person) => person.size === 0)).toBe(true);
      },
    ),
    { numRuns: 5_000 },
  );
}, 60_000);

it("reaches what the property is about (its control): joins, updates, reloads and leaves are really published", async () => {
  const { published } = await walk([
    ["join", 0],
    ["time", 2],
    ["join", 2],
    ["disconnected", 0],
    ["time", 2],
    ["meta", 2],
    ["time", 2],
    ["user", 2],
  ]);
  expect(published.map(({ event }) => event)).toEqual([
    "presence:join",
    "presence:join",
    "presence:update",
    "presence:leave",
    "presence:join",
    "presence:leave",
    "presence:leave",
  ]);
});
