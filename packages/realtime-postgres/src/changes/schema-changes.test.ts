import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";
import { startFeed, write } from "./feed-under-test.js";

const watch = async (client: SqlClient, table: string) =>
  client.query("select realtime.watch_table($1::regclass)", [table]);

onEachDatabase((_, open) => {
  it("follows a table whose columns are added, renamed, dropped and given other types, in the same session too", async () => {
    const { client } = await open();
    await run(client, "create table notes (id integer, n integer)");
    await watch(client, "notes");
    const { feed, consumer } = await startFeed(client);
    await write(
      client,
      feed,
      `insert into notes values (1, 1);
       alter table notes add column text text default 'x';
       insert into notes values (2, 2, 'b');
       alter table notes rename column text to body;
       update notes set n = 3 where id = 2;
       alter table notes drop column body;
       insert into notes values (4, 4);
       alter table notes alter column n type bigint;
       insert into notes values (5, 9007199254740993);
       alter table notes add column total bigint generated always as (n + 1) stored;
       insert into notes values (6, 1);
       alter table notes rename to papers;
       create schema other; alter table papers set schema other;
       insert into other.papers values (7, 1)`,
    );
    expect(consumer.changes.map(({ after }) => after)).toEqual([
      { id: 1, n: "1" }, // read when the column was a bigint already
      { id: 2, n: "2", text: "b" },
      { id: 2, n: "3", body: "b" },
      { id: 4, n: "4" },
      { id: 5, n: "9007199254740993" },
      { id: 6, n: "1", total: "2" },
      { id: 7, n: "1", total: "2" },
    ]);
    expect(new Set(consumer.changes.map(({ table }) => table)).size).toBe(1);
  });

  it("passes on the changes of a table that has been dropped since", async () => {
    const { client } = await open();
    await run(client, "create table notes (id bigint)");
    await watch(client, "notes");
    const { feed, consumer, errors } = await startFeed(client);
    await write(client, feed, "insert into notes values (1); drop table notes");
    expect([consumer.changes.length, errors]).toEqual([1, []]);
  });

  it("takes changes of a table with virtual generated columns, whose values no trigger receives, as unknown", async ({
    skip,
  }) => {
    const { client } = await open();
    const [server] = await client.query<{ has: boolean }>(
      "select current_setting('server_version_num')::integer >= 180000 as has",
    );
    skip(!server?.has, "Postgres 18 has them.");
    await run(client, "create table notes (id integer, next integer generated always as (id + 1) virtual)");
    await watch(client, "notes");
    const { feed, consumer } = await startFeed(client);
    await write(client, feed, "insert into notes values (1)");
    expect(consumer.rows).toEqual([["unknown", undefined, undefined]]);
  });

  it("reads a table with 500 columns", async () => {
    const { client } = await open();
    const columns = Array.from({ length: 500 }, (_, index) => `c${index} bigint default ${index}`);
    await run(client, `create table broad (${columns.join(", ")})`);
    await watch(client, "broad");
    const { feed, consumer } = await startFeed(client);
    await write(client, feed, "insert into broad default values; update broad set c0 = 7");
    expect(consumer.changes[1]?.after).toMatchObject({ c0: "7", c499: "499" });
  });
});
