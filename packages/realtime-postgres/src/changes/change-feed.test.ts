import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";
import { PgClient } from "../client/pg-client.js";
import { WriterWake } from "../relay/writer-wake.js";
import { FEED_WAKE } from "./change-feed.js";
import { startFeed, write } from "./feed-under-test.js";

const TABLE = "create table notes (id integer primary key, text text)";

const LONG_MS = 600_000; // the test would time out before

/** How many feeds hold the lock that says that they sleep. */
const sleepers = async (client: SqlClient): Promise<number> => {
  const rows = await client.query(
    `select from pg_locks where locktype = 'advisory' and granted and mode = 'ShareLock'
       and (classid::bigint << 32) + objid::bigint = $1 and database = (select oid from pg_database where datname = current_database())`,
    [FEED_WAKE.lock],
  );
  return rows.length;
};

const watched = async (client: SqlClient) => run(client, TABLE, "select realtime.watch_table('notes')");

onEachDatabase((name, open) => {
  it("passes on inserts, updates and deletes with the whole row", async () => {
    const { client } = await open();
    await watched(client);
    const { feed, consumer } = await startFeed(client);
    const xid = await write(client, feed, "insert into notes values (1, 'a'), (2, null)");
    await write(client, feed, "update notes set text = 'b' where id = 1");
    await write(client, feed, "delete from notes");
    const [table] = await client.query<{ oid: string }>("select 'notes'::regclass::oid::text as oid");
    expect(consumer.changes[0]).toEqual({
      xid,
      table: table?.oid,
      kind: "insert",
      before: undefined,
      after: { id: 1, text: "a" },
    });
    expect(consumer.rows).toEqual([
      ["insert", undefined, { id: 1, text: "a" }],
      ["insert", undefined, { id: 2, text: null }],
      ["update", { id: 1, text: "a" }, { id: 1, text: "b" }],
      ["delete", { id: 2, text: null }, undefined],
      ["delete", { id: 1, text: "b" }, undefined],
    ]);
  });

  it("passes on nothing of what is rolled back, also to a savepoint", async () => {
    const { client } = await open();
    await watched(client);
    const { feed, consumer } = await startFeed(client);
    const failed = client.transaction(async (connection) => {
      await connection.execute("insert into notes values (1, 'a')");
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    await write(
      client,
      feed,
      "insert into notes values (2, 'b'); savepoint s; insert into notes values (3, 'c'); rollback to s; insert into notes values (4, 'd')",
    );
    expect(consumer.changes.map(({ after }) => after?.["id"])).toEqual([2, 4]);
  });

  it("begins with its start, and ends for a consumer with the undo", async () => {
    const { client } = await open();
    await watched(client);
    await run(client, "insert into notes values (1, 'before')");
    const { feed, consumer } = await startFeed(client);
    const unfollow = feed.follow({ onChanges: () => expect.unreachable(), onLost: () => expect.unreachable() });
    unfollow();
    await write(client, feed, "insert into notes values (2, 'after')");
    expect(consumer.rows).toEqual([["insert", undefined, { id: 2, text: "after" }]]);
  });

  it("wakes a sleeping feed by the write", async () => {
    const { client } = await open();
    await watched(client);
    const { consumer } = await startFeed(client);
    if (name !== "PGlite") await expect.poll(() => sleepers(client)).toBe(1);
    await run(client, "insert into notes values (1, 'a')");
    await expect.poll(() => consumer.changes.length).toBe(1);
  });

  it("passes a transaction that changed nothing, and one that was rolled back", async () => {
    const { client } = await open();
    await watched(client);
    const { feed, consumer } = await startFeed(client);
    const xid = await write(client, feed, "create table other (id integer)");
    expect(feed.snapshot.shows(xid)).toBe(true);
    expect(consumer.batches.at(-1)?.changes).toEqual([]);
    expect(consumer.batches.at(-1)?.snapshot.shows(xid)).toBe(true);
  });

  it("records nothing where nobody reads", async () => {
    const { client } = await open();
    await watched(client);
    await run(client, "insert into notes values (1, 'a')", "truncate notes");
    expect(await client.query("select from realtime.changes")).toEqual([]);
  });

  it("reports a consumer that fails, has it read everything again, and disturbs no other", async () => {
    const { client } = await open();
    await watched(client);
    const { feed, consumer, errors } = await startFeed(client);
    let losses = 0;
    const onChanges = async () => Promise.reject(new Error("full"));
    const unfollow = feed.follow({ onChanges, onLost: () => void (losses += 1) });
    feed.follow({ onChanges: () => undefined, onLost: () => undefined, onStale: () => undefined });
    await write(client, feed, "insert into notes values (1, 'a')");
    unfollow();
    await write(client, feed, "insert into notes values (2, 'b')");
    expect([losses, errors, consumer.changes.length]).toEqual([1, [new Error("full")], 2]);
  });

  it("reads no further while a consumer is busy", async () => {
    const { client } = await open();
    await watched(client);
    const { feed, consumer } = await startFeed(client);
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    feed.follow({ onChanges: () => ended, onLost: () => undefined });
    await run(client, "insert into notes values (1, 'a')");
    await expect.poll(() => consumer.batches.length).toBe(1);
    const passed = write(client, feed, "insert into notes values (2, 'b')");
    expect(consumer.batches.length).toBe(1);
    end();
    await passed;
    expect(consumer.changes.length).toBe(2);
  });

  it("rejects whoever waits when it is closed, and stops", async () => {
    const { client } = await open();
    await watched(client);
    const { feed, consumer } = await startFeed(client);
    const waiting = expect(feed.passed(2n ** 60n)).rejects.toThrow("The feed was closed.");
    await feed.close();
    await waiting;
    await run(client, "insert into notes values (1, 'a')");
    await expect(feed.passed(1n)).rejects.toMatchObject({ isUnavailable: true });
    expect(consumer.changes).toEqual([]);
  });

  it("reads a part of the changes as unknown where one batch is too large", async () => {
    const { client } = await open();
    await watched(client);
    const { feed, consumer } = await startFeed(client);
    const insert = (from: number) =>
      `insert into notes select n, repeat('text', 50) from generate_series(${from}, ${from + 7999}) n;`;
    const xid = await write(client, feed, insert(1) + insert(10_000) + insert(20_000));
    expect(consumer.changes).toEqual([
      { xid, table: expect.any(String), kind: "unknown", before: undefined, after: undefined },
    ]);
    await write(client, feed, "delete from notes where id = 1");
    expect(consumer.changes.at(-1)?.kind).toBe("delete");
  });

  it("takes changes for lost that nobody was known to read, and those before a snapshot of another server", async () => {
    const { client } = await open();
    await client.query("select realtime.follow_changes()");
    const lost = async (snapshot: string, seconds: number) => {
      const [row] = await client.query<{ lost: string | null }>(
        "select lost from realtime.read_changes($1, realtime.known_changes(), extract(epoch from now())::bigint + $2, 10, 1000)",
        [snapshot, seconds],
      );
      return row?.lost;
    };
    expect([await lost("3:3:", 200), await lost("3:3:", 30), await lost("9000000000:9000000000:", 200)]).toEqual([
      null,
      "lapsed",
      "rewound",
    ]);
  });

  it("starts where the tables are missing with an error", async () => {
    const { client } = await open({ isMigrated: false });
    await expect(startFeed(client)).rejects.toThrow(/realtime/);
  });

  if (name === "PGlite") return;

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
    await client.query("select realtime.follow_changes()");
    await first.announceSleep();
    await second.announceSleep();
    await first.announceWaking();
    await run(client, "insert into notes values (1, 'a')");
    expect(await second.wait(LONG_MS)).toBe(true);
    expect(await first.wait(LONG_MS)).toBe(true);
    await second.announceWaking();
    await run(client, "insert into notes values (2, 'b')", "select pg_notify('realtime_changes', 'end')");
    expect(await second.wait(LONG_MS)).toBe(true);
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

  it("gives nobody but the owner the changes, nor a way to write them", async () => {
    const { client, connectionString = "", superuserConnectionString = "" } = await open();
    await watched(client);
    const { feed } = await startFeed(client);
    await write(client, feed, "insert into notes values (1, 'secret')");
    const superuser = new PgClient({ connectionString: superuserConnectionString });
    const role = `other_${Math.random().toString(36).slice(2, 10)}`;
    await run(
      superuser,
      `create role ${role} login; grant usage on schema realtime to ${role}; grant create on schema public to ${role};
       grant all on all tables in schema realtime to ${role}`,
    );
    const url = new URL(connectionString);
    url.username = role;
    const other = new PgClient({ connectionString: String(url) });
    try {
      for (const table of ["changes", "changes_0", "changes_1", "changes_2", "changes_state", "changes_tables"])
        expect([table, await other.query(`select from realtime.${table}`)]).toEqual([table, []]);
      await run(other, "create table own (id integer)");
      for (const attack of [
        "insert into realtime.changes_0 (relation, kind, depth) values ('notes'::regclass, 'x', 1)",
        "select realtime.store_changes('notes'::regclass, 'x', 1, array[null]::jsonb[], array[null]::jsonb[])",
        "select realtime.mark_changed('notes')",
        "select realtime.watch_table('own')",
        "create trigger t after insert on own referencing new table as new_rows for each statement execute function realtime.capture_changes()",
        "select realtime.unwatch_table('notes')",
        "select * from realtime.read_changes('3:3:', '{0,0,0,0}', 9999999999, 10, 10)",
        "select realtime.follow_changes()",
        "select realtime.rotate_changes('0', '0')",
        "select setval('realtime.changes_until', 0)",
        "select nextval('realtime.changes_current')",
      ])
        await expect(run(other, attack), attack).rejects.toMatchObject({ code: "42501" });
    } finally {
      await other.close();
      await superuser.close();
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
