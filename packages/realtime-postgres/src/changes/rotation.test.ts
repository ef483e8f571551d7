import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";
import type { ChangeFeed } from "./change-feed.js";
import { SlowConsumer, startFeed, write } from "./feed-under-test.js";

const TABLE = "create table notes (id integer generated always as identity primary key, text text)";
const INSERT = "insert into notes (text) values ('a')";
const NOW = "select realtime.rotate_changes('0', '0')";

const truncations = async (client: SqlClient): Promise<readonly number[]> => {
  const rows = await client.query<{ count: number }>(
    "select truncations::integer as count from realtime.changes_tables order by id",
  );
  return rows.map(({ count }) => count);
};

onEachDatabase((name, open) => {
  const setUp = async () => {
    const { client, newClient } = await open();
    await run(client, TABLE, "select realtime.watch_table('notes')");
    const consumer = new SlowConsumer();
    const { feed, errors } = await startFeed(client);
    feed.follow(consumer);
    return { client, newClient, feed, consumer, errors };
  };
  const turn = async (client: SqlClient, feed: ChangeFeed) => {
    await write(client, feed, INSERT);
    await client.query(NOW);
  };

  it("empties what was read, and loses nothing", async () => {
    const { client, feed, consumer } = await setUp();
    for (let n = 0; n < 9; n += 1) await turn(client, feed);
    const counts = await truncations(client);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(6);
    const [kept] = await client.query("select count(*)::integer < 4 as is_little from realtime.changes");
    expect([consumer.changes.length, consumer.losses, kept]).toEqual([9, [], { is_little: true }]);
  });

  it("rotates by itself what is 30 s old or 32 MiB large, and keeps it for 10 s", async () => {
    const { client, feed } = await setUp();
    const current = async () =>
      (await client.query("select last_value::integer as id from realtime.changes_current"))[0];
    await write(client, feed, INSERT);
    await client.query("select realtime.rotate_changes()");
    expect(await current()).toEqual({ id: 0 });
    await client.query("update realtime.changes_state set began_at = now() - interval '31 s'");
    await client.query("select realtime.rotate_changes()");
    expect(await current()).toEqual({ id: 1 });
    await client.query("select realtime.rotate_changes()");
    expect(await truncations(client)).toEqual([0, 0, 0]);
    await client.query("update realtime.changes_tables set switched_at = now() - interval '11 s' where id = 0");
    await client.query("select realtime.rotate_changes()");
    expect(await truncations(client)).toEqual([1, 0, 0]);
    await run(
      client,
      "insert into notes (text) select string_agg(gen_random_uuid()::text, '') from generate_series(1, 40) n, generate_series(1, 1000) m group by m",
      ...Array.from({ length: 30 }, () => "update notes set text = text || 'a'"),
    );
    await client.query("select realtime.rotate_changes()");
    expect(await current()).not.toEqual({ id: 1 });
  });

  it("reports a loss to a consumer that was too slow, once, and passes on what comes then", async () => {
    const { client, feed, consumer } = await setUp();
    consumer.hold();
    await run(client, INSERT);
    await expect.poll(() => consumer.isHolding).toBe(true);
    for (let n = 0; n < 4; n += 1) await run(client, INSERT, NOW);
    consumer.release();
    await expect.poll(() => consumer.losses.length).toBe(1);
    await write(client, feed, INSERT);
    expect([consumer.losses.length, consumer.changes.at(-1)?.after?.["id"]]).toEqual([1, 6]);
  });

  it("reports no loss where only changes are gone that were read", async () => {
    const { client, feed, consumer } = await setUp();
    await write(client, feed, INSERT);
    consumer.hold();
    await run(client, INSERT);
    await expect.poll(() => consumer.isHolding).toBe(true);
    await run(client, NOW); // both changes are read; what is written next is in the next table
    await run(client, INSERT, NOW);
    expect((await truncations(client))[0]).toBe(1);
    consumer.release();
    await write(client, feed, INSERT);
    expect([consumer.losses, consumer.changes.length]).toEqual([[], 4]);
  });

  it("stops recording where nothing can be emptied and the tables are too large, and reads everything again", async () => {
    const { client, feed, consumer, errors } = await setUp();
    await client.query("update realtime.changes_state set max_bytes = 1");
    const usedUp =
      "insert into realtime.changes_1 (relation, kind, depth) values (0, 'x', 1); insert into realtime.changes_2 (relation, kind, depth) values (0, 'x', 1)";
    await run(client, usedUp, "update realtime.changes_tables set try_at = 'infinity'");
    await write(client, feed, INSERT);
    await client.query(NOW);
    expect(await client.query("select last_value::integer as id from realtime.changes_current")).toEqual([{ id: -1 }]);
    const recorded = await client.query("select count(*)::integer as count from realtime.changes");
    await run(client, INSERT);
    expect(await client.query("select count(*)::integer as count from realtime.changes")).toEqual(recorded);
    await expect.poll(() => consumer.losses.length).toBeGreaterThan(1); // again and again
    expect(errors.map(String)).toEqual([expect.stringContaining("are not recorded")]); // and reported once
    await run(client, "update realtime.changes_tables set try_at = '-infinity'", NOW);
    await expect
      .poll(async () => {
        await write(client, feed, INSERT);
        return consumer.changes.at(-1)?.kind;
      })
      .toBe("insert");
    await write(client, feed, "update notes set text = 'b' where id = 1");
    expect(consumer.changes.at(-1)).toMatchObject({ kind: "update", after: { id: 1, text: "b" } });
  });

  if (name === "PGlite") return;

  it("lets an open transaction keep only the table that it wrote to, and delays no other changes", async () => {
    const { client, newClient, feed, consumer } = await setUp();
    await newClient().transaction(async (slow) => {
      await slow.execute("insert into notes (text) values ('slow')");
      for (let n = 0; n < 8; n += 1) await turn(client, feed);
      const [first, ...others] = await truncations(client);
      expect(first).toBe(0);
      expect(Math.min(...others)).toBeGreaterThanOrEqual(2);
      expect(consumer.changes.length).toBe(8);
    });
    await expect.poll(() => consumer.changes.at(-1)?.after?.["text"]).toBe("slow");
    await client.query("update realtime.changes_tables set try_at = '-infinity'");
    await client.query(NOW);
    expect((await truncations(client))[0]).toBe(1);
    await write(client, feed, INSERT);
    expect(consumer.losses).toEqual([]);
  });

  it.each([1000, 1])(
    "reports a loss of what was still running when the tables changed, and had not been read, with %i transactions listed",
    async (listed) => {
      const { client, newClient, feed, consumer } = await setUp();
      await client.query("update realtime.changes_state set max_listed = $1", [listed]);
      await write(client, feed, INSERT);
      const late = newClient().transaction(async (slow) => {
        await slow.execute("insert into notes (text) values ('late')");
        await client.query(NOW);
        consumer.hold();
        await run(client, INSERT);
        await expect.poll(() => consumer.isHolding).toBe(true);
      });
      await late;
      await run(client, "update realtime.changes_tables set try_at = '-infinity'", NOW);
      expect(await truncations(client)).toEqual([1, 0, 0]);
      consumer.release();
      await expect.poll(() => consumer.losses.length).toBe(1);
    },
  );

  it.each([1000, 1])(
    "reports no loss for a long transaction that ends while a table is emptied to which it did not write, with %i transactions listed",
    async (listed) => {
      const { client, newClient, feed, consumer } = await setUp();
      await client.query("update realtime.changes_state set max_listed = $1", [listed]);
      const other = newClient().transaction(async (slow) => {
        await slow.execute("create temporary table t (id integer)"); // has a transaction id from now on
        await write(client, feed, INSERT);
        await write(client, feed, "insert into notes (text) values ('after')");
        await client.query(NOW);
        consumer.hold();
        await run(client, INSERT);
        await expect.poll(() => consumer.isHolding).toBe(true);
      });
      await other;
      await client.query(NOW);
      expect((await truncations(client))[0]).toBe(1);
      consumer.release();
      await write(client, feed, INSERT);
      expect([consumer.losses, consumer.changes.length]).toEqual([[], 4]);
    },
  );

  it("rotates although a session reads a table for long, as a backup does", async () => {
    const { client, newClient, feed, consumer } = await setUp();
    await newClient().transaction(async (backup) => {
      await backup.execute("lock table realtime.changes_1 in access share mode");
      for (let n = 0; n < 6; n += 1) await turn(client, feed);
    });
    const [first, second, third] = await truncations(client);
    expect([second, Math.min(first ?? 0, third ?? 0)]).toEqual([0, 1]);
    expect([consumer.losses, consumer.changes.length]).toEqual([[], 6]);
  });
});
