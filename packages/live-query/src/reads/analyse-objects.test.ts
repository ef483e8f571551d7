import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { describe, expect, it } from "vitest";
import { analyseStatement } from "./analyse-statement.js";
import { execute, openReads, USER } from "./reads-under-test.js";

onEachDatabase((_name, open) => {
  it("reads what a statement that writes reads, and not the table into which it only inserts", async () => {
    const reads = await openReads(open);
    const insert = "insert into annotations (id, widget_id) select id, id from widgets where id = $1";
    expect(await reads(insert, [1])).toEqual(['widgets.id="1"']);
    expect(await reads(`${insert} on conflict do nothing`, [1])).toEqual(["annotations", 'widgets.id="1"']);
    expect(await reads("update annotations set body = 'x' where id = $1 returning *", [1])).toEqual([
      "annotations.id=1",
    ]);
    expect(
      await reads("with gone as (delete from members where hub = $1 returning *) select from gone", [USER]),
    ).toEqual([`members.hub="${USER}"`]);
    const merge = "merge into annotations a using widgets w on a.id = w.id when matched then delete";
    expect(await reads(merge)).toEqual(["annotations", "widgets"]);
  });

  it("looks into functions, and names those that it cannot look into", async () => {
    const reads = await openReads(open);
    expect(await reads("select visible(hub) from widgets where id = $1", [1])).toEqual(["members", 'widgets.id="1"']);
    expect(await reads("select visible_text($1)", [USER])).toEqual(["members"]);
    expect(await reads("select doubled(1), upper('a'), now(), count(*), sum(id) from annotations")).toEqual([
      "annotations",
    ]);
    expect(await reads("select hidden(1)")).toEqual(["? hidden(integer)"]);
    expect(await reads("select query_to_xml('select 1', true, true, '')")).toEqual([
      "? query_to_xml(text,boolean,boolean,text)",
    ]);
    expect(await reads("select from totals, pg_class")).toEqual(["? totals", "? pg_class"]);
    expect(await reads("begin; select from widgets; call something(); commit")).toEqual(["widgets", "? CALL"]);
  });

  it("adds what the policies of row-level security read", async () => {
    const reads = await openReads(
      open,
      `alter table widgets enable row level security;
       create policy member on widgets
         using (exists (select from members m where m.hub = widgets.hub and user_id = current_setting('app.user')::uuid))`,
    );
    expect(await reads("select from widgets where id = $1", [1])).toEqual(["members", 'widgets.id="1"']);
  });

  it("reads a partitioned table's partitions, and a partition's table", async () => {
    const reads = await openReads(
      open,
      `create table log (day date, hub integer) partition by range (day);
       create table log_old partition of log for values from (minvalue) to ('2026-01-01')`,
    );
    for (const name of ["log", "log_old"])
      expect(await reads(`select from ${name} where hub = $1`, [1])).toEqual(["log.hub=1", "log_old.hub=1"]);
  });

  describe("a statement that Postgres does not take", () => {
    it.each([
      ["selec 1", "42601"],
      ["select * from nowhere", "42P01"],
      ["select 'a", "42601"],
      ["select $1 + nothing", "42703"],
    ])("%s → SqlError %s", async (sql, code) => {
      const { client } = await open({ isMigrated: false });
      await expect(analyseStatement(client, sql)).rejects.toMatchObject({ name: "SqlError", code });
      await expect(analyseStatement(client, "select 1")).resolves.toEqual({ tables: [], unknown: [] });
    });
  });

  it("runs no statement and leaves nothing behind", async () => {
    const { client } = await open({ isMigrated: false });
    await execute(client, "create table kept (id integer)");
    for (const sql of [
      "insert into kept values (1)",
      "select 1; insert into kept values (2)",
      "select setval('s', 1)",
      "delete from kept; end; drop table kept",
      "select 1; end; create table made (id integer); begin; select 2",
    ])
      await analyseStatement(client, sql).catch(() => undefined);
    expect(await client.query("select * from kept")).toEqual([]);
    expect(await client.query("select from pg_class where relname = 'made'")).toEqual([]);
    expect(await client.query("select from pg_prepared_statements where name like 'fourgate_%'")).toEqual([]);
    expect(await client.query("select from pg_proc where proname like 'fourgate_%'")).toEqual([]);
  });
});
