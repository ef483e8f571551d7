import { InProcessBroker } from "@repo/core-realtime";
import { FakeClock, Hold } from "@repo/core-testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { createPresence, definePresenceChannel, InMemoryPresenceStore } from "./index.js";
import { board, boardPresence, onBoard, presenceUnderTest, seen, withPut } from "./presence-under-test.js";

it("sends a new watcher the list, and publishes each tab with the user's count", async () => {
  const { arrive, clock, tick } = await presenceUnderTest();
  const sam = await arrive("sam");
  const mia = await arrive("mia");
  const tab = await arrive("mia");
  expect(tab.opening.members.map(({ userId }) => userId)).toEqual(["sam", "mia", "mia"]);
  expect(tab.opening.total).toBe(3);
  tab.client.close();
  await clock.advanceAsync(2_000);
  mia.client.close();
  await clock.advanceAsync(2_000);
  await tick();
  const others = (await sam.events()).filter((event) => !event.includes("sam"));
  expect(others).toEqual([
    "presence:join mia 1",
    "presence:join mia 2",
    "presence:leave mia 1",
    "presence:leave mia 0",
  ]);
});

it("lists a connection once whose write has not been confirmed", async () => {
  const store = new InMemoryPresenceStore();
  const held = new Hold();
  const late = withPut(store, async (...args) => {
    const count = store.put(...args);
    await held.pass();
    return count;
  });
  const { client, tick } = await presenceUnderTest({ store: late });
  const mia = await client("mia");
  await mia.subscribe(onBoard);
  await tick();
  expect((await mia.subscribe(seen)).opening).toMatchObject({ members: [{ userId: "mia" }], total: 1 });
  held.release();
});

it("publishes nothing of a reload but the count of tabs", async () => {
  const { arrive, enter, clock } = await presenceUnderTest();
  const sam = await arrive("sam");
  const mia = await arrive("mia");
  mia.client.close();
  await clock.advanceAsync(1_999);
  await enter("mia");
  await clock.advanceAsync(10_000);
  const counts = (await sam.events()).filter((event) => event.includes("mia"));
  expect(counts).toEqual(["presence:join mia 1", "presence:join mia 2", "presence:leave mia 1"]);
});

it("gives no grace to a connection that was silent until it was given up", async () => {
  const { arrive, observed, presence, clock, tick } = await presenceUnderTest();
  const sam = await arrive("sam");
  const mia = await arrive("mia");
  const other = await arrive("mia");
  mia.client.close();
  other.client.close();
  await clock.advanceAsync(0);
  const [gone] = observed.of("disconnected");
  if (!gone) throw new Error("no connection has ended");
  presence.observer.observe({ ...gone, reason: "HEARTBEAT_LOST" });
  await tick();
  const counts = (await sam.events()).filter((event) => event.startsWith("presence:leave"));
  expect(counts).toEqual(["presence:leave mia 1"]);
});

it("publishes an unsubscribe without a grace, and ends the watching with it", async () => {
  const { arrive, realtime, tick } = await presenceUnderTest();
  const sam = await arrive("sam");
  const mia = await arrive("mia");
  await mia.client.unsubscribe(onBoard);
  expect(await mia.client.next("left")).toMatchObject({ channel: seen.name, error: { code: "REVOKED" } });
  await tick();
  expect((await sam.events()).at(-1)).toBe("presence:leave mia 0");
  await realtime.revoke({ userId: "sam", channel: onBoard });
  const left = [await sam.client.next("left"), await sam.client.next("left")].map(({ channel }) => channel);
  expect(left.sort()).toEqual([onBoard.name, seen.name]);
});

it("shows members only to clients that are on the channel", async () => {
  const { client } = await presenceUnderTest();
  const mia = await client("mia");
  await expect(mia.subscribe(seen)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await mia.subscribe(onBoard);
  await expect(mia.subscribe(seen)).resolves.toBeDefined();
});

it("publishes what a tab sends about itself, validated, and only what is new", async () => {
  const { arrive, tick } = await presenceUnderTest();
  const sam = await arrive("sam");
  const mia = await arrive("mia");
  const send = async (meta: unknown) => {
    await mia.client.send(seen, "presence:heartbeat", { meta } as { meta: { looksAt: string } });
    await tick();
  };
  await send({ looksAt: "card 1" });
  await send({ looksAt: "card 1" });
  await expect(send({ looksAt: 7 })).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
  await expect(send(undefined)).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
  expect((await sam.events()).slice(-2)).toEqual(["presence:join mia 1", 'presence:update mia {"looksAt":"card 1"}']);
  expect((await arrive("sam")).opening.members[1]).toMatchObject({ userId: "mia", meta: { looksAt: "card 1" } });
});

it("removes a killed node's members within 20 s, once, however many nodes notice", async () => {
  const clock = new FakeClock();
  const [store, broker] = [new InMemoryPresenceStore(clock), new InProcessBroker()];
  const killed = await presenceUnderTest({ store }, broker);
  const survivors = [await presenceUnderTest({ store }, broker), await presenceUnderTest({ store }, broker)] as const;
  await killed.arrive("mia");
  const sam = await survivors[0].arrive("sam");
  for (let second = 0; second < 20; second += 1) {
    clock.advance(1_000); // the killed node's own time stands still: it sends no more beats
    for (const survivor of survivors) await survivor.clock.advanceAsync(1_000);
  }
  expect((await sam.events()).filter((event) => event.startsWith("presence:leave"))).toEqual(["presence:leave mia 0"]);
  expect(store.list(onBoard.name).members.map(({ userId }) => userId)).toEqual(["sam"]);
});

it("lets this node's members leave when it unbinds", async () => {
  const store = new InMemoryPresenceStore();
  const { arrive, leave } = await presenceUnderTest({ store });
  await arrive("mia");
  expect(store.list(onBoard.name).total).toBe(1);
  await leave();
  expect(store.list(onBoard.name).total).toBe(0);
});

it("reports a failing store, continues, and writes with the next beat what it could not", async () => {
  const store = new InMemoryPresenceStore();
  let isDown = true;
  const flaky = withPut(store, (...args) => {
    if (isDown) throw new Error("down");
    return store.put(...args);
  });
  const { arrive, errors, clock } = await presenceUnderTest({ store: flaky });
  await arrive("mia");
  isDown = false;
  const sam = await arrive("sam");
  expect(sam.opening.members.map(({ userId }) => userId)).toEqual(["sam"]);
  expect(errors).toEqual([new Error("down")]);
  await clock.advanceAsync(6_000);
  expect(await sam.events()).toEqual(["presence:join sam 1", "presence:join mia 1"]);
});

it("refuses two presence channels for one channel, a meta that is no schema, and numbers that are no bounds", () => {
  const again = definePresenceChannel(board, { meta: z.object({}) });
  const options = { clock: new FakeClock(), nodeId: "n", onError: () => undefined, channels: [boardPresence] };
  expect(() => createPresence({ ...options, channels: [boardPresence, again] })).toThrow(/two presence channels/);
  expect(() => definePresenceChannel(board, { meta: {} as never })).toThrow(/must be a Standard Schema/);
  expect(() => createPresence({ ...options, bounds: { maxTabs: 0 } })).toThrow(/bounds.maxTabs must be a whole number/);
  expect(() => createPresence({ ...options, tickMs: NaN })).toThrow(/tickMs must be milliseconds, got NaN/);
  expect(() => createPresence({ ...options, joinRate: { burst: 0 } })).toThrow(/joinRate needs/);
});
