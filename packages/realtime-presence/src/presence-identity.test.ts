import { defineRealtimeChannel } from "@repo/core-realtime";
import { expect, it } from "vitest";
import { z } from "zod";
import { definePresenceChannel, InMemoryPresenceStore } from "./index.js";
import { boardPresence, onBoard, presenceUnderTest, seen, user } from "./presence-under-test.js";

it("follows an identity change: the old member leaves, the new one joins, and the list shows the new one alone", async () => {
  const { arrive, tick, tokenOf, presence } = await presenceUnderTest();
  const tom = await arrive(user("tom"));
  const tab = await arrive("mia");
  await tab.client.send(seen, "presence:heartbeat", { meta: { looksAt: "card 1" } });
  await tick();
  await tab.client.refresh(tokenOf("sam"));
  await tick();
  expect((await tom.events()).slice(-3)).toEqual([
    'presence:update mia {"looksAt":"card 1"}',
    "presence:leave mia 0",
    "presence:join sam 1",
  ]);
  const members = await presence.list(seen);
  expect(members.map(({ userId, meta }) => [userId, meta?.looksAt])).toEqual([
    ["tom", undefined],
    ["sam", "card 1"],
  ]);
});

it("counts the tabs of both persons through an identity change", async () => {
  const { arrive, tick, tokenOf } = await presenceUnderTest();
  const first = await arrive("mia");
  const second = await arrive("mia");
  await arrive("sam");
  await second.client.refresh(tokenOf("sam"));
  await tick();
  expect((await first.events()).slice(-2)).toEqual(["presence:leave mia 1", "presence:join sam 2"]);
});

it("publishes nothing where a refresh brings the same identity", async () => {
  const { arrive, tick, tokenOf } = await presenceUnderTest();
  const tom = await arrive(user("tom"));
  const mia = await arrive("mia");
  await mia.client.refresh(tokenOf("mia"));
  await tick();
  expect(await tom.events()).toEqual(["presence:join tom 1", "presence:join mia 1"]);
});

it("publishes only the last identity of a tick", async () => {
  const { arrive, enter, tick, tokenOf } = await presenceUnderTest();
  const tom = await arrive(user("tom"));
  const mia = await enter("mia");
  await mia.client.refresh(tokenOf("sam"));
  await tick();
  expect((await tom.events()).slice(1)).toEqual(["presence:join sam 1"]);
});

it("keeps when a member was last active, in steps, and broadcasts nothing for it", async () => {
  const { arrive, presence, clock, tick, tokenOf } = await presenceUnderTest({ activeMs: 5_000 });
  const tom = await arrive(user("tom"));
  const mia = await arrive("mia");
  const lastActive = async () => (await presence.list(seen)).find(({ userId }) => userId === "mia")?.lastActive;
  const joined = await lastActive();
  const send = async () => {
    await mia.client.send(seen, "presence:list", { after: "0" });
    await tick();
  };
  await send();
  expect(await lastActive()).toBe(joined);
  await clock.advanceAsync(5_000);
  const now = clock.now();
  await send();
  expect(await lastActive()).toBe(now);
  await clock.advanceAsync(5_000);
  await mia.client.refresh(tokenOf("mia"));
  await tick();
  expect(await lastActive()).toBe(clock.now() - 200);
  expect(await tom.events()).toEqual(["presence:join tom 1", "presence:join mia 1"]);
});

it("publishes a member again that another node has taken for dead, when it is next active", async () => {
  const store = new InMemoryPresenceStore();
  const { arrive, clock, tick } = await presenceUnderTest({ store, activeMs: 1_000 });
  const tom = await arrive(user("tom"));
  const mia = await arrive("mia");
  store.remove(onBoard.name, mia.client.connected.connectionId);
  await clock.advanceAsync(1_000);
  await mia.client.send(seen, "presence:list", { after: "0" });
  await tick();
  expect((await tom.events()).slice(1)).toEqual(["presence:join mia 1", "presence:join mia 1"]);
  expect(store.list(onBoard.name).total).toBe(2);
});

it("ignores a refresh that ends after its connection", async () => {
  const { arrive, presence, observed, clock, tokenOf } = await presenceUnderTest();
  const tom = await arrive(user("tom"));
  const mia = await arrive("mia");
  await mia.client.refresh(tokenOf("mia"));
  const [refreshed] = observed.of("refreshed");
  if (!refreshed) throw new Error("no refresh has happened");
  mia.client.close();
  await clock.advanceAsync(1_000);
  presence.observer.observe({ ...refreshed, connection: { ...refreshed.connection, user: user("sam") } });
  await clock.advanceAsync(2_000);
  expect((await tom.events()).slice(1)).toEqual(["presence:join mia 1", "presence:leave mia 0"]);
});

it("lists the members of all nodes to the app, typed, and refuses a channel that is none of its own", async () => {
  const { arrive, presence } = await presenceUnderTest();
  const mia = await arrive("mia");
  await mia.client.send(seen, "presence:heartbeat", { meta: { looksAt: "card 1" } });
  await arrive("sam");
  const members = await presence.list(seen);
  expect(members.map(({ userId, meta }) => `${userId} ${meta?.looksAt ?? ""}`)).toEqual(["mia card 1", "sam "]);
  expect(await presence.list(boardPresence.at({ boardId: "8" }))).toEqual([]);
  const other = defineRealtimeChannel({ name: "other", scope: "public", payload: z.object({}) });
  const otherPresence = definePresenceChannel(other, { meta: z.object({}) });
  await expect(presence.list(otherPresence)).rejects.toThrow(/"presence:other" is none of the presence channels/);
  // @ts-expect-error the channel itself has no members; its presence channel has
  await expect(presence.list(onBoard)).rejects.toThrow(TypeError);
});
