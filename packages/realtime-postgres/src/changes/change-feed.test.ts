import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";
import { sleepers, startFeed, write } from "./feed-under-test.js";

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

  it("records nothing where no feed reads", async () => {
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

  it("calls no consumer again before all have resolved", async () => {
    const { client } = await open();
    await watched(client);
    const { feed, consumer } = await startFeed(client);
    const other = await startFeed(client);
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    feed.follow({ onChanges: () => ended, onLost: () => undefined });
    await run(client, "insert into notes values (1, 'a')");
    await expect.poll(() => consumer.batches.length).toBe(1);
    for (const id of [2, 3, 4]) await write(client, other.feed, `insert into notes values (${id}, 'b')`);
    expect(consumer.changes.length).toBe(1);
    end();
    await expect.poll(() => consumer.changes.length).toBe(4);
  });

  it("rejects waiting callers when it is closed, and stops", async () => {
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

  it("takes changes as lost that no feed was known to read, and those before a snapshot of another server", async () => {
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
});
