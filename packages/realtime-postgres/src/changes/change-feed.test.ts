import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";
import { startFeed, write } from "./feed-under-test.js";

const TABLE = "create table notes (id integer primary key, text text)";

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
    await new Promise((resolve) => setTimeout(resolve, 300)); // it sleeps by now; the test holds also where it does not
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

  it("starts where the tables are missing with an error", async () => {
    const { client } = await open({ isMigrated: false });
    await expect(startFeed(client)).rejects.toThrow(/realtime/);
  });

  if (name === "PGlite") return;

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
