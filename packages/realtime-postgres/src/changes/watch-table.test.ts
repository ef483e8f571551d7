import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { PgClient } from "../client/pg-client.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";
import { startFeed, write } from "./feed-under-test.js";
import { unwatchTable, watchTable } from "./watch-table.js";

const isWatched = async (client: SqlClient, table: string) => {
  const [row] = await client.query<{ is: boolean }>("select realtime.is_watched($1::regclass) as is", [table]);
  return row?.is;
};

onEachDatabase((name, open) => {
  it("watches a table once, and undoes it, also where names need quotes", async () => {
    const { client } = await open();
    await run(client, `create schema "My App"; create table "My App"."Or""ders" (id integer)`);
    const table = `"My App"."Or""ders"`;
    expect(await isWatched(client, table)).toBe(false);
    expect([await watchTable(client, table), await watchTable(client, table)]).toEqual([true, false]);
    expect(await isWatched(client, table)).toBe(true);
    const { feed, consumer } = await startFeed(client);
    await write(client, feed, `insert into ${table} values (1)`);
    expect([await unwatchTable(client, table), await unwatchTable(client, table)]).toEqual([true, false]);
    expect(await isWatched(client, table)).toBe(false);
    await write(client, feed, `insert into ${table} values (2)`);
    expect(consumer.rows).toEqual([["insert", undefined, { id: 1 }]]);
  });

  it("repairs a table whose triggers were disabled or dropped, and has it read again", async () => {
    const { client } = await open();
    await run(client, "create table notes (id integer)");
    await watchTable(client, "notes");
    const { feed, consumer } = await startFeed(client);
    for (const damage of ["alter table notes disable trigger all", 'drop trigger "0_realtime_update" on notes']) {
      await run(client, damage);
      expect([await isWatched(client, "notes"), await watchTable(client, "notes")]).toEqual([false, true]);
    }
    await write(client, feed, "insert into notes values (1)");
    expect(consumer.changes.map(({ kind }) => kind)).toEqual(["unknown", "unknown", "insert"]);
  });

  it.each([
    ["a view", "create view v as select 1 as one", "v", /only ordinary and partitioned tables/],
    ["a temporary table", "create temporary table t (id integer)", "t", /only ordinary and partitioned tables/],
    ["a table of realtime", "select", "realtime.channels", /of realtime itself/],
    ["a table of the system", "select", "pg_class", /of the system/],
    [
      "a partition",
      "create table p (id integer) partition by hash (id); create table p0 partition of p for values with (modulus 1, remainder 0)",
      "p0",
      /Watch the partitioned table public\.p\./,
    ],
    [
      "a table that others inherit from",
      "create table a (id integer); create table b () inherits (a)",
      "a",
      /inheritance/,
    ],
    ["a table that inherits", "create table a (id integer); create table b () inherits (a)", "b", /inheritance/],
    ["nothing", "select", "nowhere", /"nowhere" does not exist/],
  ])("refuses %s", async (...[, script, table, sentence]) => {
    const { client } = await open();
    const refused = client.transaction(async (connection) => {
      await connection.execute(script);
      await connection.query("select realtime.watch_table($1::regclass)", [table]);
    });
    await expect(refused).rejects.toThrow(sentence);
  });

  it("records statements on a partitioned table and on its partitions, each once, as changes of the partitioned table", async () => {
    const { client } = await open();
    await run(
      client,
      `create table parts (id integer, n integer) partition by range (n);
       create table low partition of parts for values from (0) to (10);
       create table high partition of parts for values from (10) to (100) partition by range (n);
       create table higher partition of high for values from (20) to (30)`,
    );
    await watchTable(client, "parts");
    const { feed, consumer } = await startFeed(client);
    await write(
      client,
      feed,
      "insert into parts values (1, 1); insert into low values (2, 2); insert into high values (3, 21); insert into higher values (4, 22)",
    );
    const [table] = await client.query<{ oid: string }>("select 'parts'::regclass::oid::text as oid");
    expect(consumer.changes.map((change) => [change.table, change.after?.["id"]])).toEqual(
      [1, 2, 3, 4].map((id) => [table?.oid, id]),
    );
    await run(client, "create table highest partition of parts for values from (100) to (200)");
    expect(await isWatched(client, "parts")).toBe(false);
    await watchTable(client, "parts");
    await write(client, feed, "insert into highest values (5, 150)");
    expect(consumer.changes.slice(4).map(({ kind }) => kind)).toEqual(["unknown", "insert"]);
    await unwatchTable(client, "parts");
    expect(await client.query("select from pg_trigger where tgfoid = 'realtime.capture_changes'::regproc")).toEqual([]);
  });

  it("can be called in a migration that has changed the table already", async () => {
    const { client } = await open();
    const { feed, consumer } = await startFeed(client);
    await write(
      client,
      feed,
      "create table notes (id integer); insert into notes values (1); select realtime.watch_table('notes'); insert into notes values (2)",
    );
    expect(consumer.changes.map(({ kind }) => kind)).toEqual(["unknown", "insert"]);
  });

  it("reports what is missing where the database is not migrated", async () => {
    const { client } = await open({ isMigrated: false });
    await run(client, "create table notes (id integer)");
    await expect(watchTable(client, "notes")).rejects.toThrow("fourgate-postgres migrate");
  });

  if (name === "PGlite") return;

  it("waits a second for a writer's lock, and tries again", async () => {
    const { client, newClient } = await open();
    await run(client, "create table notes (id integer)");
    let isTried: Promise<unknown> = Promise.resolve();
    const watching = newClient().transaction(async (writer) => {
      await writer.execute("insert into notes values (1)");
      await expect(watchTable(client, "notes", { tries: 1 })).rejects.toMatchObject({ code: "55P03" });
      isTried = watchTable(client, "notes");
      await expect.poll(() => waitsForLock(client)).toBe(true);
    });
    await watching;
    expect(await isTried).toBe(true);
  });

  it("lets an ordinary role watch its table where it is granted, and its writers need no right of ours", async () => {
    const { client, connectionString = "", superuserConnectionString = "" } = await open();
    const superuser = new PgClient({ connectionString: superuserConnectionString });
    const suffix = Math.random().toString(36).slice(2, 10);
    const [maker, writer] = [`maker_${suffix}`, `writer_${suffix}`];
    await run(
      superuser,
      `create role ${maker} login; create role ${writer} login; grant create on schema public to ${maker}; grant usage on schema public to ${writer}`,
    );
    const as = (role: string) => {
      const url = new URL(connectionString);
      url.username = role;
      return new PgClient({ connectionString: String(url) });
    };
    const [making, writing] = [as(maker), as(writer)];
    try {
      await run(making, `create table made (id integer); grant insert on made to ${writer}`);
      await expect(watchTable(making, "made")).rejects.toMatchObject({ code: "42501" });
      await run(
        client,
        `grant usage on schema realtime to ${maker}; grant execute on function realtime.watch_table, realtime.capture_changes, realtime.mark_changed to ${maker}`,
      );
      expect(await watchTable(making, "made")).toBe(true);
      const { feed, consumer } = await startFeed(client);
      await run(writing, "insert into made values (1)");
      await expect.poll(() => consumer.rows).toEqual([["insert", undefined, { id: 1 }]]);
      expect(feed.snapshot.xmax).toBeGreaterThan(0n);
    } finally {
      await Promise.all([making, writing].map((each) => each.close()));
      await superuser.close();
    }
  });
});

async function waitsForLock(client: SqlClient): Promise<boolean> {
  const rows = await client.query("select from pg_locks where relation = 'notes'::regclass and not granted");
  return rows.length > 0;
}
