import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/test-databases.js";
import { run } from "../testing/seed-application.js";
import { startFeed, write } from "./feed-under-test.js";
import { inOrder, type RecordedChange } from "./change-order.js";

type Place = readonly [depth: number, table: string];

const recorded = (xid: number, seq: number, [depth, table]: Place = [1, "t"]): RecordedChange => ({
  seq: BigInt(seq),
  depth,
  change: { xid: BigInt(xid), table, kind: "insert", before: undefined, after: { seq } },
});

const order = (...changes: readonly RecordedChange[]) =>
  inOrder(changes).map(({ xid, kind, after }) => `${xid} ${kind} ${after?.["seq"] ?? ""}`.trim());

it("keeps transactions together, in the order of their last changes", () => {
  expect(order(recorded(9, 1), recorded(8, 2), recorded(9, 4), recorded(7, 3))).toEqual([
    "8 insert 2",
    "7 insert 3",
    "9 insert 1",
    "9 insert 4",
  ]);
});

it("takes what a trigger did to the table of its own statement for unknown, and nothing else of the transaction", () => {
  expect(order(recorded(9, 1, [2, "t"]), recorded(9, 2), recorded(9, 3, [1, "other"]), recorded(8, 4))).toEqual([
    "9 unknown",
    "9 insert 3",
    "8 insert 4",
  ]);
});

it("keeps what triggers do to other tables", () => {
  expect(order(recorded(9, 1, [2, "sums"]), recorded(9, 2), recorded(9, 3, [2, "sums"]))).toHaveLength(3);
});

onEachDatabase((_, open) => {
  it("passes on no order that may be wrong where a row's trigger changes the row again", async () => {
    const { client } = await open();
    await run(
      client,
      `create table notes (id integer, n integer);
       create table sums (id integer, n integer);
       create function again() returns trigger language plpgsql as $$ begin
         update notes set n = n + 1 where id = new.id;
         insert into sums values (new.id, new.n);
         return null;
       end $$;
       create trigger again after insert on notes for each row execute function again();
       select realtime.watch_table('notes'), realtime.watch_table('sums')`,
    );
    const { feed, consumer } = await startFeed(client);
    await write(client, feed, "insert into notes values (1, 1)");
    expect(consumer.changes.map(({ kind }) => kind).toSorted()).toEqual(["insert", "unknown"]);
    expect(consumer.changes.find(({ kind }) => kind === "insert")?.after).toEqual({ id: 1, n: 1 });
  });

  it("records what a statement trigger of the application does after the statement itself", async () => {
    const { client } = await open();
    await run(
      client,
      `create table notes (id integer, n integer);
       create function again() returns trigger language plpgsql as $$ begin
         update notes set n = n + 1 where n < 2;
         return null;
       end $$;
       create trigger "0" after insert on notes for each statement execute function again();
       create trigger a after insert on notes for each statement execute function again();
       select realtime.watch_table('notes')`,
    );
    await run(client, 'drop trigger "0" on notes'); // it would come before ours, and make the order unclear
    const { feed, consumer } = await startFeed(client);
    await write(client, feed, "insert into notes values (1, 1)");
    expect(consumer.rows).toEqual([
      ["insert", undefined, { id: 1, n: 1 }],
      ["update", { id: 1, n: 1 }, { id: 1, n: 2 }],
    ]);
  });

  it("passes on what foreign keys cascade, upserts and MERGE in the order of the row's changes", async () => {
    const { client } = await open();
    await run(
      client,
      `create table rooms (id integer primary key);
       create table notes (id integer primary key, room integer references rooms on delete cascade on update cascade);
       select realtime.watch_table('rooms'), realtime.watch_table('notes')`,
    );
    const { feed, consumer } = await startFeed(client);
    await write(
      client,
      feed,
      `insert into rooms values (1); insert into notes values (1, 1), (2, 1);
       update rooms set id = 9;
       insert into notes values (2, 9), (3, 9) on conflict (id) do update set room = null;
       merge into notes n using (values (2), (4)) as v (id) on n.id = v.id
         when matched then delete when not matched then insert values (v.id, 9);
       delete from rooms`,
    );
    expect(consumer.changes.every(({ kind }) => kind !== "unknown")).toBe(true);
    const state = new Map<unknown, unknown>();
    for (const { before, after, table } of consumer.changes) {
      if (before) expect(state.get(`${table}/${String(before["id"])}`)).toEqual(before);
      if (before) state.delete(`${table}/${String(before["id"])}`);
      if (after) state.set(`${table}/${String(after["id"])}`, after);
    }
    expect([...state.values()]).toEqual([]);
  });

  it("pairs old and new rows of an update of many rows, and of one that moves rows between partitions", async () => {
    const { client } = await open();
    await run(
      client,
      `create table notes (id integer primary key, n integer);
       create table parts (id integer, n integer) partition by range (n);
       create table low partition of parts for values from (0) to (1000);
       create table high partition of parts for values from (1000) to (9999);
       select realtime.watch_table('notes'), realtime.watch_table('parts')`,
    );
    const { feed, consumer } = await startFeed(client);
    await write(
      client,
      feed,
      "insert into notes select n, n from generate_series(1, 500) n; update notes set n = n + 1000",
    );
    await write(
      client,
      feed,
      "insert into parts select n, n from generate_series(1, 500) n; update parts set n = n + 700",
    );
    const updates = consumer.changes.filter(({ kind }) => kind === "update");
    expect(updates.length).toBe(1000);
    for (const { before, after } of updates) expect(after?.["id"]).toBe(before?.["id"]);
  });
});
