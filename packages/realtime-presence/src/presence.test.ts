import { randomUUID } from "node:crypto";
import { defineRealtimeChannel, InProcessBroker, type RealtimeUser } from "@repo/core-realtime";
import { createRealtimeHarness, FakeClock, RecordingObserver } from "@repo/core-testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { createPresence, definePresenceChannel, InMemoryPresenceStore, type PresenceOptions } from "./index.js";

const board = defineRealtimeChannel({ name: "boards.{boardId}", scope: "authenticated", payload: z.object({}) });
const presenceOfBoard = definePresenceChannel(board, { meta: z.object({ looksAt: z.string().max(10) }) });
const [onBoard, seen] = [board.at({ boardId: "7" }), presenceOfBoard.at({ boardId: "7" })];
const users = { mia: { userId: "mia", roles: [] }, sam: { userId: "sam", roles: [] } } satisfies Record<
  string,
  RealtimeUser
>;

async function presenceHarness(options: Partial<PresenceOptions> = {}, broker = new InProcessBroker()) {
  const errors: unknown[] = [];
  const observed = new RecordingObserver();
  const clock = { current: new FakeClock() };
  const presence = createPresence({
    channels: [presenceOfBoard],
    clock: {
      now: () => clock.current.now(),
      monotonic: () => clock.current.monotonic(),
      after: (ms, run) => clock.current.after(ms, run),
    },
    nodeId: randomUUID(),
    onError: (cause) => errors.push(cause),
    ...options,
  });
  const harness = await createRealtimeHarness({
    channels: [board],
    users,
    broker,
    observers: [presence.observer, observed],
    guards: [presence.guard],
  });
  clock.current = harness.clock;
  const unbind = presence.bind(harness.realtime);
  const arrive = async (who: keyof typeof users) => {
    const client = await harness.client(who);
    await client.subscribe(onBoard);
    const { opening } = await client.subscribe(seen);
    const events = async () => {
      await client.roundTrip();
      return client.received(seen).map(({ event, payload }) => `${event} ${labelOf(payload)}`);
    };
    return { client, opening: opening as { members: { userId: string; meta?: unknown }[] }, events };
  };
  return { ...harness, presence, observed, unbind, errors, arrive };
}

function labelOf(payload: unknown): string {
  const { member, tabs, userId, meta } = payload as {
    member?: { userId: string };
    tabs?: number;
    userId?: string;
    meta?: unknown;
  };
  return member ? `${member.userId} ${tabs}` : `${userId} ${JSON.stringify(meta)}`;
}

it("hands a newcomer the list, and tells the others of each tab with the person's count", async () => {
  const { arrive, clock } = await presenceHarness();
  const sam = await arrive("sam");
  const mia = await arrive("mia");
  const tab = await arrive("mia");
  expect(tab.opening.members.map(({ userId }) => userId)).toEqual(["sam", "mia", "mia"]);
  tab.client.close();
  await clock.advanceAsync(2_000);
  mia.client.close();
  await clock.advanceAsync(2_000);
  const others = (await sam.events()).filter((event) => !event.includes("sam"));
  expect(others).toEqual([
    "presence:join mia 1",
    "presence:join mia 2",
    "presence:leave mia 1",
    "presence:leave mia 0",
  ]);
});

it("takes a reload for no coming and going", async () => {
  const { arrive, clock } = await presenceHarness();
  const sam = await arrive("sam");
  const mia = await arrive("mia");
  mia.client.close();
  await clock.advanceAsync(1_999);
  await arrive("mia");
  await clock.advanceAsync(10_000);
  const counts = (await sam.events()).filter((event) => event.includes("mia"));
  expect(counts).toEqual(["presence:join mia 1", "presence:join mia 2", "presence:leave mia 1"]);
});

it("gives no grace to a connection that was silent until it was given up", async () => {
  const { arrive, observed, presence, clock } = await presenceHarness();
  const sam = await arrive("sam");
  const mia = await arrive("mia");
  const other = await arrive("mia");
  mia.client.close();
  other.client.close();
  await clock.advanceAsync(0);
  const [gone] = observed.of("disconnected");
  if (!gone) throw new Error("nobody has gone");
  presence.observer.observe({ ...gone, reason: "HEARTBEAT_LOST" });
  const counts = (await sam.events()).filter((event) => event.startsWith("presence:leave"));
  expect(counts).toEqual(["presence:leave mia 1"]);
});

it("counts an unsubscribe at once, and ends the watching with it", async () => {
  const { arrive, realtime } = await presenceHarness();
  const sam = await arrive("sam");
  const mia = await arrive("mia");
  await mia.client.unsubscribe(onBoard);
  expect(await mia.client.next("left")).toMatchObject({ channel: seen.name, error: { code: "REVOKED" } });
  expect((await sam.events()).at(-1)).toBe("presence:leave mia 0");
  await realtime.revoke({ userId: "sam", channel: onBoard });
  const left = [await sam.client.next("left"), await sam.client.next("left")].map(({ channel }) => channel);
  expect(left.sort()).toEqual([onBoard.name, seen.name]);
});

it("shows members to nobody who is not on the channel", async () => {
  const { client } = await presenceHarness();
  const mia = await client("mia");
  await expect(mia.subscribe(seen)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await mia.subscribe(onBoard);
  await expect(mia.subscribe(seen)).resolves.toBeDefined();
});

it("tells what a tab says of itself, validated, and only what is new", async () => {
  const { arrive } = await presenceHarness();
  const sam = await arrive("sam");
  const mia = await arrive("mia");
  const say = (meta: unknown) => mia.client.send(seen, "presence:heartbeat", { meta } as { meta: { looksAt: string } });
  await say({ looksAt: "card 1" });
  await say({ looksAt: "card 1" });
  await expect(say({ looksAt: "far too long a thing" })).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
  await expect(say(undefined)).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
  expect((await sam.events()).slice(-2)).toEqual(["presence:join mia 1", 'presence:update mia {"looksAt":"card 1"}']);
  expect((await arrive("sam")).opening.members[1]).toMatchObject({ userId: "mia", meta: { looksAt: "card 1" } });
});

it("takes a killed node's members out within 20 s, once, however many nodes notice", async () => {
  const clock = new FakeClock();
  const [store, broker] = [new InMemoryPresenceStore(clock), new InProcessBroker()];
  const killed = await presenceHarness({ store }, broker);
  const survivors = [await presenceHarness({ store }, broker), await presenceHarness({ store }, broker)] as const;
  await killed.arrive("mia");
  const sam = await survivors[0].arrive("sam");
  for (let second = 0; second < 20; second += 1) {
    clock.advance(1_000); // the killed node's own time stands still: it beats no more
    for (const survivor of survivors) await survivor.clock.advanceAsync(1_000);
  }
  expect((await sam.events()).filter((event) => event.startsWith("presence:leave"))).toEqual(["presence:leave mia 0"]);
  expect(store.list(onBoard.name).map(({ userId }) => userId)).toEqual(["sam"]);
});

it("lets this node's members leave when it unbinds", async () => {
  const store = new InMemoryPresenceStore();
  const { arrive, unbind } = await presenceHarness({ store });
  await arrive("mia");
  expect(store.list(onBoard.name)).toHaveLength(1);
  await unbind();
  expect(store.list(onBoard.name)).toEqual([]);
});

it("reports a failing store and goes on", async () => {
  const store = new InMemoryPresenceStore();
  let isDown = true;
  const flaky = {
    put: (...args: Parameters<typeof store.put>) => {
      if (isDown) throw new Error("down");
      return store.put(...args);
    },
    remove: store.remove.bind(store),
    list: store.list.bind(store),
    beat: store.beat.bind(store),
    reap: store.reap.bind(store),
  };
  const { arrive, errors } = await presenceHarness({ store: flaky });
  await arrive("mia");
  isDown = false;
  const { opening } = await arrive("sam");
  expect(opening.members.map(({ userId }) => userId)).toEqual(["sam"]);
  expect(errors).toEqual([new Error("down")]);
});

it("refuses two presence channels for one channel, and a meta that is no schema", () => {
  const again = definePresenceChannel(board, { meta: z.object({}) });
  const options = { clock: new FakeClock(), nodeId: "n", onError: () => undefined };
  expect(() => createPresence({ ...options, channels: [presenceOfBoard, again] })).toThrow(/two presence channels/);
  expect(() => definePresenceChannel(board, { meta: {} as never })).toThrow(/must be a Standard Schema/);
});
