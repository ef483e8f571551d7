import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import type { Patch } from "./query/operation.js";
import { digest } from "@repo/core-realtime/digest";
import { defineLiveTable } from "./table/live-table.js";
import { MIA, SAM } from "./testing/annotation-schema.js";
import { openLiveNode, startLiveNode } from "./testing/live-node.js";
import { patched } from "./testing/shown-rows.js";

const id = (n: number) => `c0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const insert = (n: number, widget = 1, actor = MIA) =>
  `insert into annotations (id, widget_id, actor_id, body) values ('${id(n)}', ${widget}, '${actor}', 'body ${n}');`;
const bodies = { table: "annotations", orderBy: [["body", "asc"]], select: ["body"] } as const;

const KIM = "d0000000-0000-4000-8000-000000000004";
const NOTES = `
  create table notes (id integer primary key, widget_id integer not null, body text not null);
  alter table notes enable row level security;
  create policy widget on notes for select to authenticated using (exists (select from widgets w where w.id = notes.widget_id));
  grant select on notes to authenticated;
  select realtime.watch_table('notes');
  insert into members values (1, '${KIM}');
  insert into notes values (1, 1, 'a');
`;

onEachDatabase((_, open) => {
  it("gives a client that comes back what has changed in the rows that it has", async () => {
    const { enter, sql, client } = await openLiveNode(open, { script: insert(1) + insert(2) + insert(3) });
    const first = enter(MIA);
    const before = (await first.open(bodies)).rows;
    first.hangUp();
    await sql(
      `delete from annotations where id = '${id(1)}'; update annotations set body = 'new' where id = '${id(3)}'; ${insert(4)}`,
    );
    const otherNode = await startLiveNode(client); // nothing is kept for it: it may be on any node
    const again = otherNode.enter(MIA);
    const reply = await again.request({
      type: "subscribe",
      channel: "live-query.again",
      ask: { query: bodies, have: before.map((row) => digest(JSON.stringify(row))) },
    });
    const { patch, rows } = opened(reply);
    expect([patched(before, patch).map(({ body }) => body), rows]).toEqual([["body 2", "body 4", "new"], undefined]);
    expect(patch.filter(([kind]) => kind === "insert")).toHaveLength(2); // body 2 was not sent again
  });

  it("shares one result among users, and sends it to the users who may see it", async () => {
    const notes = defineLiveTable("notes", { columns: ["id", "widget_id", "body"] });
    const { enter, live, sql } = await openLiveNode(open, { tables: [notes], script: NOTES });
    const query = { table: "notes", where: ["widget_id", "=", 1] } as const;
    const [mia, kim, sam] = [await enter(MIA).open(query), await enter(KIM).open(query), await enter(SAM).open(query)];
    expect(live.openQueries).toBe(1);
    expect([mia, kim, sam].map((shown) => shown.column("body"))).toEqual([["a"], ["a"], []]);
    await sql("insert into notes values (2, 1, 'b')");
    for (const shown of [mia, kim]) await expect.poll(() => shown.column("body")).toEqual(["a", "b"]);
    await sql(`delete from members where user_id = '${MIA}'; insert into members values (1, '${SAM}')`);
    await expect.poll(() => mia.rows).toEqual([]);
    await expect.poll(() => sam.column("body")).toEqual(["a", "b"]);
    await sql("insert into notes values (3, 1, 'c')");
    for (const shown of [kim, sam]) await expect.poll(() => shown.column("body")).toEqual(["a", "b", "c"]);
    expect(mia.states.at(-1)).toEqual([]);
    await sql("delete from members");
    for (const shown of [kim, sam]) await expect.poll(() => shown.rows).toEqual([]);
    await sql(`insert into members values (1, '${MIA}')`);
    await expect.poll(() => mia.column("body")).toEqual(["a", "b", "c"]);
  });

  it("continues as the query of the connection's new user", async () => {
    const { enter, sql } = await openLiveNode(open, { script: insert(1, 1, MIA) + insert(2, 2, SAM) });
    const client = enter(MIA);
    const shown = await client.open(bodies);
    expect(shown.column("body")).toEqual(["body 1"]);
    await client.request({ type: "refresh", token: SAM });
    await expect.poll(() => shown.column("body")).toEqual(["body 2"]);
    await sql(insert(3, 1, MIA) + insert(4, 2, SAM));
    await expect.poll(() => shown.column("body")).toEqual(["body 2", "body 4"]);
  });

  it("reports where there are more rows than the table gives", async () => {
    const small = defineLiveTable("annotations", { columns: ["id", "body"], maxRows: 2 });
    const { enter, sql } = await openLiveNode(open, { tables: [small], script: insert(1) + insert(2) });
    const mia = enter(MIA);
    const shown = await mia.open({ table: "annotations", orderBy: [["body", "asc"]] });
    expect(shown.isTruncated).toBe(false);
    await sql(insert(3));
    await expect.poll(() => shown.isTruncated).toBe(true);
    expect(shown.rows).toHaveLength(2);
    expect((await mia.open({ table: "annotations" })).isTruncated).toBe(true);
    expect((await mia.open({ table: "annotations", limit: 1 })).isTruncated).toBe(false); // it was the query's own
    await expect(mia.open({ table: "annotations", limit: 3 })).rejects.toMatchObject({ reason: "QUERY_REFUSED" });
  });

  it("forgets a result that no client has open", async () => {
    const { enter, live } = await openLiveNode(open);
    const [mia, sam] = [enter(MIA), enter(SAM)];
    await Promise.all([mia.open(bodies), sam.open(bodies), mia.open({ ...bodies, count: true })]);
    expect(live.openQueries).toBe(3);
    mia.hangUp();
    await expect.poll(() => live.openQueries).toBe(1);
    sam.hangUp();
    await expect.poll(() => live.openQueries).toBe(0);
  });

  it("takes rows away when a policy is changed, without a restart", async () => {
    const { enter, sql, live } = await openLiveNode(open, { script: insert(1) });
    const mia = await enter(MIA).open(bodies);
    expect(mia.rows).toHaveLength(1);
    await sql("drop policy own on annotations; drop policy widget on annotations;");
    await live.checkCatalogue();
    await expect.poll(() => mia.rows).toEqual([]);
  });
});

function opened(reply: unknown) {
  return (reply as { readonly result: { readonly opening: { readonly patch: Patch; readonly rows?: unknown } } }).result
    .opening;
}
