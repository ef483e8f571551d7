import { onEachDatabase, type OpenTestDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { MIA } from "./testing/annotation-schema.js";
import { startLiveNode } from "./testing/live-node.js";
import { defineLiveTable } from "./table/live-table.js";

const GRANTS =
  "alter table public.things enable row level security; grant usage on schema public to authenticated; grant select on public.things to authenticated; select realtime.watch_table('public.things');";

async function openThings(open: OpenTestDatabase, script: string, columns: readonly string[]) {
  const { client } = await open();
  const sql = (text: string) => client.transaction((connection) => connection.execute(text));
  await sql(script + GRANTS);
  const { enter, errors } = await startLiveNode(client, { tables: [defineLiveTable("things", { columns })] });
  return { sql, errors, mia: enter(MIA) };
}

onEachDatabase((_, open) => {
  it("decides about rows whose other columns are of a domain that allows no NULL", async () => {
    const { sql, mia, errors } = await openThings(
      open,
      "create domain public.title as text not null check (value <> ''); create table public.things (id integer primary key, owner uuid, title public.title); create policy own on public.things for select using (owner = auth.uid());",
      ["id", "title"],
    );
    const shown = await mia.open({ table: "things", where: ["title", "<>", ""] });
    await sql(`insert into things values (1, '${MIA}', 'one'), (2, null, 'two')`);
    await expect.poll(() => shown.column("title")).toEqual(["one"]);
    expect(errors).toEqual([]);
  });

  it("follows a table with partitions, also a row that moves to another one", async () => {
    const { sql, mia, errors } = await openThings(
      open,
      "create table public.things (id integer, part integer, name text, primary key (id, part)) partition by list (part); create table public.things_1 partition of public.things for values in (1); create table public.things_2 partition of public.things for values in (2); create policy everybody on public.things for select using (true);",
      ["id", "part", "name"],
    );
    const shown = await mia.open({ table: "things", where: ["part", "=", 2] });
    await sql("insert into things values (1, 1, 'a'), (2, 2, 'b')");
    await expect.poll(() => shown.column("name")).toEqual(["b"]);
    await sql("update things set part = 2 where id = 1");
    await expect.poll(() => shown.column("name")).toEqual(["a", "b"]);
    expect(errors).toEqual([]);
  });

  it("follows rows that exchange a key that is checked at the end of a transaction", async () => {
    const { sql, mia } = await openThings(
      open,
      "create table public.things (id integer primary key deferrable initially deferred, name text); create policy everybody on public.things for select using (true); insert into public.things values (1, 'a'), (2, 'b');",
      ["id", "name"],
    );
    const shown = await mia.open({ table: "things" });
    await sql("update things set id = 3 - id");
    await expect.poll(() => shown.column("name")).toEqual(["b", "a"]);
    await sql("update things set id = id + 1");
    await expect
      .poll(() => shown.rows)
      .toEqual([
        { id: 2, name: "b" },
        { id: 3, name: "a" },
      ]);
  });

  it("shows columns that are computed when they are read", async ({ skip }) => {
    const { client } = await open();
    const [row] = await client.query<{ readonly version: string }>(
      "select current_setting('server_version_num') as version",
    );
    skip(Number(row?.version) < 180_000, "Postgres 18 has them.");
    const sql = (text: string) => client.transaction((connection) => connection.execute(text));
    await sql(
      `create table public.things (id integer primary key, half integer generated always as (id / 2) virtual); create policy big on public.things for select using (half > 1); ${GRANTS}`,
    );
    const { enter } = await startLiveNode(client, { tables: [defineLiveTable("things", { columns: ["id", "half"] })] });
    const shown = await enter(MIA).open({ table: "things", where: ["id", ">", 0] });
    await sql("insert into things values (2), (5), (8)");
    await expect
      .poll(() => shown.rows)
      .toEqual([
        { id: 5, half: 2 },
        { id: 8, half: 4 },
      ]);
  });

  it("does not compare with the time of the run, nor with numbers of endless length", async () => {
    const { mia } = await openThings(
      open,
      "create table public.things (id integer primary key, at timestamptz, n numeric); create policy everybody on public.things for select using (true);",
      ["id", "at", "n"],
    );
    for (const at of ["now", "today", "tomorrow 12:00"])
      await expect(mia.open({ table: "things", where: ["at", "<", at] })).rejects.toMatchObject({
        data: { why: expect.stringContaining("another time") },
      });
    for (const n of ["1e131071", "1".repeat(1_001)])
      await expect(mia.open({ table: "things", where: ["n", "<", n] })).rejects.toMatchObject({
        data: { why: expect.stringContaining("digits") },
      });
    expect((await mia.open({ table: "things", where: { not: ["n", "in", []] } })).rows).toEqual([]);
  });
});
