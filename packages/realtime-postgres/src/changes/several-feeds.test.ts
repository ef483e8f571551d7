import { expect, it, onTestFinished } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { WriterWake } from "../relay/writer-wake.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";
import { FEED_WAKE } from "./change-feed.js";
import { sleepers, startFeed, write } from "./feed-under-test.js";

const LONG_MS = 600_000; // the test would time out before

const TABLE = "create table notes (id integer primary key, text text)";

const watched = async (client: SqlClient) => run(client, TABLE, "select realtime.watch_table('notes')");

onEachDatabase((name, open) => {
  if (name === "PGlite") return void it.skip("has one session: nothing runs at the same time");

  it("has everything read again when a transaction ends that began before anything was recorded", async () => {
    const { client, newClient } = await open();
    await watched(client);
    const started = await newClient().transaction(async (early) => {
      await early.execute("insert into notes values (1, 'not recorded')");
      const { feed, consumer } = await startFeed(client);
      await write(client, feed, "insert into notes values (2, 'b')");
      expect(consumer.losses).toEqual([]);
      return { feed, consumer };
    });
    await expect.poll(() => started.consumer.losses.length).toBe(1);
    await write(client, started.feed, "insert into notes values (3, 'c')");
    expect(started.consumer.losses.length).toBe(1);
    expect(started.consumer.changes.map(({ after }) => after?.["id"])).toEqual([2, 3]);
  });

  it("takes a transaction that wrote elsewhere for no loss", async () => {
    const { client, newClient } = await open();
    await watched(client);
    await run(client, "create table unwatched (id integer)");
    const { feed, consumer } = await newClient().transaction(async (early) => {
      await early.execute("insert into unwatched values (1)");
      return startFeed(client);
    });
    await write(client, feed, "insert into notes values (1, 'a')");
    expect([consumer.losses, consumer.changes.length]).toEqual([[], 1]);
  });

  it("lets writers notify while at least one of several feeds sleeps, and only then", async () => {
    const { client, newClient } = await open();
    await watched(client);
    const [first, second] = await Promise.all([client, newClient()].map((each) => WriterWake.open(each, FEED_WAKE)));
    if (!first || !second) return expect.unreachable();
    const notified: string[] = [];
    const unlisten = await newClient().listen(FEED_WAKE.channel, {
      onNotify: (payload) => void notified.push(payload),
      onGap: () => undefined,
    });
    onTestFinished(() => unlisten());
    await client.query("select realtime.follow_changes()");
    await first.announceSleep();
    await second.announceSleep();
    await first.announceWaking();
    await run(client, "insert into notes values (1, 'one sleeps')");
    expect(await second.wait(LONG_MS)).toBe(true);
    await second.announceWaking();
    await run(client, "insert into notes values (2, 'none sleeps')", "select pg_notify('realtime_changes', 'end')");
    await expect.poll(() => notified).toEqual(["", "end"]);
    await Promise.all([first.close(), second.close()]);
  });

  it("wakes two sleeping feeds, and each passes on everything once", async () => {
    const { client, newClient } = await open();
    await watched(client);
    const feeds = await Promise.all([startFeed(client), startFeed(newClient())]);
    for (const round of [1, 2, 3]) {
      await expect.poll(() => sleepers(client)).toBe(2);
      await run(client, `insert into notes values (${round}, 'a')`);
      for (const { consumer } of feeds)
        await expect.poll(() => consumer.changes.map(({ after }) => after?.["id"])).toEqual([1, 2, 3].slice(0, round));
    }
  });

  it("passes on a change in the batch in which its transaction became visible, and not before", async () => {
    const { client } = await open();
    await watched(client);
    const { feed, consumer } = await startFeed(client);
    await client.transaction(async (slow) => {
      await slow.execute("insert into notes values (1, 'slow')");
      await write(client, feed, "insert into notes values (2, 'fast')");
      expect(consumer.changes.map(({ after }) => after?.["id"])).toEqual([2]);
    });
    await expect.poll(() => consumer.changes.length).toBe(2);
    for (const [index, { snapshot, changes }] of consumer.batches.entries())
      for (const { xid } of changes) {
        expect(snapshot.shows(xid)).toBe(true);
        expect(consumer.batches[index - 1]?.snapshot.shows(xid) ?? false).toBe(false);
      }
  });
});
