import { expect, it } from "vitest";
import { InMemoryPresenceStore, type PresencePage } from "./index.js";
import { onBoard, presenceUnderTest, seen, TICK_MS, user, withPut, type Visitor } from "./presence-under-test.js";

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const userIdsOf = ({ members }: PresencePage) => members.map(({ userId }) => userId);

/** Reads the list as a client does: the opening, then piece by piece. */
async function piecesFor({ client, opening }: Visitor): Promise<readonly PresencePage[]> {
  const pieces: PresencePage[] = [opening];
  for (let { next } = opening as PresencePage; next !== undefined; next = pieces.at(-1)?.next)
    pieces.push((await client.send(seen, "presence:list", { after: next })) as PresencePage);
  return pieces;
}

it("lets member 301 in where each of 300 has 4 kB of meta: the list comes in pieces", async () => {
  const { enter, tick } = await presenceUnderTest();
  const userIds = Array.from({ length: 300 }, (_, n) => `u${n}`);
  for (const userId of userIds) {
    const { client } = await enter(user(userId));
    await client.send(seen, "presence:heartbeat", { meta: { looksAt: "x".repeat(4_096) } });
    await client.unsubscribe(seen); // still a member, which need not receive 300 joins of 300
  }
  await tick();
  const pieces = await piecesFor(await enter("mia"));
  expect(pieces.flatMap(userIdsOf)).toEqual([...userIds, "mia"]);
  expect(pieces[0]?.total).toBe(300);
  expect(pieces.length).toBeGreaterThan(15);
  expect(Math.max(...pieces.map(bytesOf))).toBeLessThan(66_000);
}, 60_000);

it("refuses a meta over its bound, so that 18 tabs with 60 kB each cannot keep anybody from watching", async () => {
  const { arrive } = await presenceUnderTest();
  for (let n = 0; n < 18; n += 1) {
    const { client } = await arrive("sam");
    const sent = client.send(seen, "presence:heartbeat", { meta: { looksAt: "x".repeat(60_000) } });
    await expect(sent).rejects.toMatchObject({ code: "PAYLOAD_INVALID", detail: "meta has 60014 bytes; at most 8192" });
  }
  const { opening } = await arrive("mia");
  expect([opening.total, opening.next, bytesOf(opening) < 4_000]).toEqual([19, undefined, true]);
});

it("counts the bytes of a meta, not its characters", async () => {
  const { arrive } = await presenceUnderTest({ bounds: { maxMetaBytes: 20 } });
  const { client } = await arrive("mia");
  const send = (looksAt: string) => client.send(seen, "presence:heartbeat", { meta: { looksAt } });
  await send("x".repeat(6));
  await expect(send("é".repeat(4))).rejects.toMatchObject({ code: "PAYLOAD_INVALID" });
});

it("lists no more tabs of a user than it may have, and the next one as soon as another has left", async () => {
  const { arrive, tick, clock, presence } = await presenceUnderTest({ bounds: { maxTabs: 2 } });
  const tom = await arrive(user("tom"));
  const [first, , third] = [await arrive("mia"), await arrive("mia"), await arrive("mia")];
  expect(third.opening.members.map(({ userId }) => userId)).toEqual(["tom", "mia", "mia", "mia"]); // it sees itself
  await expect(third.client.send(seen, "presence:heartbeat", { meta: { looksAt: "card 3" } })).rejects.toMatchObject({
    code: "REFUSED",
    detail: "the list of boards.7 is full (tabs); this is published when there is room",
  });
  await first.client.unsubscribe(onBoard);
  await tick();
  await clock.advanceAsync(5_000);
  expect(await tom.events()).toEqual([
    "presence:join tom 1",
    "presence:join mia 1",
    "presence:join mia 2",
    "presence:leave mia 1",
    "presence:join mia 2",
  ]);
  expect((await presence.list(seen)).map(({ meta }) => meta?.looksAt)).toEqual([undefined, undefined, "card 3"]);
});

it("lists no more members than a channel may have, and lets all its subscribers watch", async () => {
  const { arrive } = await presenceUnderTest({ bounds: { maxMembers: 3 } });
  const [a] = [await arrive(user("a")), await arrive(user("b")), await arrive(user("c")), await arrive(user("d"))];
  const e = await arrive(user("e"));
  expect(e.opening.members.map(({ userId }) => userId)).toEqual(["a", "b", "c", "e"]);
  expect(await a.events()).toEqual(["presence:join a 1", "presence:join b 1", "presence:join c 1"]);
});

it("takes no update that would make the list too large, and publishes it when there is room", async () => {
  const { arrive, tick, clock, presence } = await presenceUnderTest({ bounds: { maxListBytes: 500 } });
  const [mia, sam] = [await arrive("mia"), await arrive("sam")];
  const send = (looksAt: string) => mia.client.send(seen, "presence:heartbeat", { meta: { looksAt } });
  const looksAt = async () => (await presence.list(seen)).map(({ meta }) => meta?.looksAt.length);
  await send("x".repeat(300));
  await tick();
  expect(await looksAt()).toEqual([undefined, undefined]);
  await expect(send("x".repeat(301))).rejects.toMatchObject({ code: "REFUSED" });
  await sam.client.unsubscribe(onBoard);
  await clock.advanceAsync(5_000 + TICK_MS);
  expect(await looksAt()).toEqual([301]);
});

it("tries no store write for each newcomer of a full channel", async () => {
  const store = new InMemoryPresenceStore();
  let puts = 0;
  const counting = withPut(store, (...args) => ((puts += 1), store.put(...args)));
  const { enter, clock } = await presenceUnderTest({ store: counting, bounds: { maxMembers: 1 } });
  for (let n = 0; n < 20; n += 1) await enter(user(`u${n}`));
  await clock.advanceAsync(TICK_MS);
  expect(puts).toBe(2);
  await clock.advanceAsync(30_000);
  expect(puts).toBeLessThanOrEqual(9);
});
