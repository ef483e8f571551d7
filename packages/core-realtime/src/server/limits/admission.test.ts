import { expect, it } from "vitest";
import { z } from "zod";
import { defineRealtimeChannel, type RealtimeHandshake } from "../../index.js";
import { nodeUnderTest, type NodeUnderTest } from "../node-under-test.js";

const room = defineRealtimeChannel({ name: "room.{id}", scope: "public", payload: z.number(), inbound: z.number() });
const subscribe = (id: number) => ({ type: "subscribe", channel: `room.${id}` });

async function node(limits = {}) {
  const made = await nodeUnderTest({ limits });
  made.realtime.registry.register(room, () => "ok");
  return made;
}

/** Connections that flood from one address until they are closed. */
async function flood(enter: NodeUnderTest["enter"], times: number, from: Partial<RealtimeHandshake>) {
  for (let time = 0; time < times; time += 1) {
    const mallory = enter("mallory", from);
    await mallory.next("connected");
    for (let sent = 0; sent < 5; sent += 1) mallory.send(subscribe(1));
    expect(mallory.frames.at(-1)).toMatchObject({
      type: "close",
      closeCode: 4530,
      error: { code: "ABUSE", retryAfterMs: 10_000 },
    });
  }
}

it("closes a connection that floods without end, admits others of its address, and delays the address only where it happens again", async () => {
  const { enter } = await node({ framesPerSecond: 1, maxViolations: 1 });
  const here = { remoteAddress: "10.1.1.1" };
  await flood(enter, 1, here);
  await enter("sam", here).next("connected");
  await flood(enter, 1, here);
  expect(await enter("sam", here).next("close")).toMatchObject({
    closeCode: 4512,
    error: { code: "ADDRESS_REFUSED", retryAfterMs: expect.any(Number) },
  });
  await enter("sam", { remoteAddress: "10.1.1.2" }).next("connected");
});

it("explains its refusal to twenty connections of an address, and refuses the upgrades of more", async () => {
  const { enter, observations } = await node({ framesPerSecond: 1, maxViolations: 1 });
  const here = { remoteAddress: "10.1.1.1" };
  await flood(enter, 2, here);
  for (let n = 0; n < 20; n += 1) await enter("sam", here).next("close");
  expect(() => enter("sam", here)).toThrow(/wait before you connect again/);
  expect(observations.at(-1)).toMatchObject({
    kind: "refused",
    handshake: here,
    error: { code: "ADDRESS_REFUSED" },
  });
});

it("lets the fifty subscriptions of a page of sixty rows go on, however often the other ten try", async () => {
  const { enter, realtime } = await node();
  const page = enter("mia");
  await page.next("connected");
  const rows = Array.from({ length: 60 }, (_, id) => id);
  for (const _mount of [1, 2, 3]) await Promise.all(rows.map((id) => page.request(subscribe(id))));
  await realtime.broadcaster.broadcast(room.at({ id: "49" }), 7);
  expect(page.frames.at(-1)).toMatchObject({ type: "message", channel: "room.49", payload: 7 });
  await enter("sam").next("connected");
});

it.each([
  ["maxConnectionsPerUser", "sam", "10.1.1.1"],
  ["maxConnectionsPerAddress", "mia", "10.1.1.2"],
  ["maxConnections", undefined, undefined],
])("holds %s: refuses one more with a code and a time, and not %s at %s", async (limit, otherUser, remoteAddress) => {
  const { enter, observations } = await node({ [limit]: 3 });
  const here = { remoteAddress: "10.1.1.1" };
  const tabs = [enter("mia", here), enter("mia", here), enter("mia", here)];
  for (const tab of tabs) await tab.next("connected");
  for (let time = 0; time < 3; time += 1)
    expect(await enter("mia", here).next("close")).toMatchObject({
      closeCode: 4114,
      error: { code: "TOO_MANY_CONNECTIONS", retry: "later", retryAfterMs: 10_000 },
    });
  expect(observations.find(({ kind }) => kind === "refused")).toMatchObject({ error: { cause: { limit } } });
  if (otherUser !== undefined) await enter(otherUser, { remoteAddress }).next("connected");
  tabs[0]?.hangUp();
  await expect.poll(() => observations.filter(({ kind }) => kind === "disconnected").length).toBe(4);
  await enter("mia", here).next("connected");
});

it("limits the connections of a user at a refresh too, and leaves the one that refreshed as it was", async () => {
  const { enter } = await node({ maxConnectionsPerUser: 1 });
  const [mia, sam] = [enter("mia"), enter("sam")];
  for (const client of [mia, sam]) await client.next("connected");
  expect(await sam.request({ type: "refresh", token: "mia" })).toMatchObject({
    error: { code: "TOO_MANY_CONNECTIONS" },
  });
  expect(await sam.request({ type: "refresh", token: "sam" })).toMatchObject({ ok: true, result: { userId: "sam" } });
});

it("counts no connection of an address behind a proxy", async () => {
  const { enter } = await node({ maxConnectionsPerAddress: 1 });
  const proxied = { remoteAddress: "10.1.1.1", headers: { "x-forwarded-for": "9.9.9.9" } };
  for (const user of ["mia", "sam", "pia"]) await enter(user, proxied).next("connected");
});

it("observes a client that is refused before there is a connection, with the handshake", async () => {
  const { enter, observations } = await node();
  const headers = { host: "app.example", origin: "https://evil.example" };
  expect(() => enter("mia", { headers })).toThrow(/origin/);
  expect(observations).toMatchObject([
    { kind: "refused", handshake: { origin: headers.origin }, error: { code: "ORIGIN_REFUSED" } },
  ]);
});

it("locks no client out by the address of a proxy", async () => {
  const { enter } = await node({ framesPerSecond: 1, maxViolations: 1 });
  const proxied = { remoteAddress: "10.1.1.1", headers: { "x-forwarded-for": "9.9.9.9" } };
  await flood(enter, 2, proxied);
  const mia = enter("mia", proxied);
  for (let sent = 0; sent < 5; sent += 1) mia.send(subscribe(1));
  expect(mia.frames.at(-1)).toMatchObject({ type: "close" });
  await enter("sam", proxied).next("connected");
});

it("refuses a client that only claims to come through a proxy", async () => {
  const { enter } = await node({ framesPerSecond: 1, maxViolations: 1 });
  const outsider = { remoteAddress: "203.0.113.7", headers: { "x-forwarded-for": "9.9.9.9" } };
  await flood(enter, 2, outsider);
  expect(await enter("mia", outsider).next("close")).toMatchObject({ error: { code: "ADDRESS_REFUSED" } });
});
