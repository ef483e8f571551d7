import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { drizzle } from "drizzle-orm/node-postgres";
import { eq, sql as drizzleSql } from "drizzle-orm";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import { expect, it } from "vitest";
import { z } from "zod";
import { MIA, SAM } from "../testing/annotation-schema.js";
import { openLiveNode } from "../testing/live-node.js";
import { liveQuery } from "./live-query.js";

interface Database {
  annotations: { id: string; widget_id: number; body: string };
  widgets: { id: number; hub: number; policy_scope: string };
}

const kysely = new Kysely<Database>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
const widgets = pgTable("widgets", { id: integer(), policyScope: text("policy_scope") });
const annotations = pgTable("annotations", { widgetId: integer("widget_id"), body: text() });
const drizzleDb = drizzle.mock();

const args = z.object({ scope: z.string() });
const queries = [
  liveQuery("by-kysely", { args, key: ["id"] }, ({ scope }) =>
    kysely
      .selectFrom("widgets")
      .innerJoin("annotations", "annotations.widget_id", "widgets.id")
      .select(["annotations.id", "annotations.body", "widgets.policy_scope"])
      .where("widgets.policy_scope", "=", scope)
      .orderBy("annotations.body"),
  ),
  liveQuery("by-drizzle", { args }, ({ scope }) =>
    drizzleDb
      .select({
        id: widgets.id,
        of: { scope: widgets.policyScope },
        notes: drizzleSql<number>`count(${annotations.body})::int`,
      })
      .from(widgets)
      .leftJoin(annotations, eq(annotations.widgetId, widgets.id))
      .where(eq(widgets.policyScope, scope))
      .groupBy(widgets.id, widgets.policyScope)
      .orderBy(widgets.id),
  ),
  liveQuery("by-hand", { args: z.object({}) }, (_args, user) => ({
    sql: "select body from annotations where actor_id = $1 order by body;",
    values: [user?.userId],
  })),
  liveQuery("of-owner", { args: z.object({}), runAs: "owner" }, () => ({
    sql: "select count(*)::int as n from annotations",
  })),
  liveQuery("opaque", { args: z.object({}) }, () => ({ sql: "select hidden() as n" })),
  liveQuery("async", { args: z.object({}) }, (() => Promise.resolve({ sql: "select 1 as n" })) as never),
  liveQuery("unwatched", { args: z.object({}) }, () => ({ sql: "select * from loose" })),
];
const id = (n: number) => `c0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const insert = (n: number, widget: number, actor = MIA) =>
  `insert into annotations (id, widget_id, actor_id, body) values ('${id(n)}', ${widget}, '${actor}', 'body ${n}');`;
const script = `
  create table loose (id integer primary key);
  grant select on loose to authenticated;
  create function hidden() returns bigint language plpgsql stable as 'begin return (select count(*) from annotations); end';
  ${insert(1, 1)} ${insert(2, 3)}
`;

onEachDatabase((_, open) => {
  it.each([
    [
      "by-kysely",
      { id: id(2), body: "body 2", policy_scope: "public" },
      { id: id(3), body: "body 3", policy_scope: "public" },
    ],
    ["by-drizzle", { id: 3, of: { scope: "public" }, notes: 1 }, { id: 3, of: { scope: "public" }, notes: 2 }],
    ["by-hand", { body: "body 2" }, { body: "body 3" }],
  ])("runs a query of the server again when what it reads changes: %s", async (name, before, after) => {
    const { enter, sql } = await openLiveNode(open, { queries, script });
    const mia = await enter(MIA).open({ name, args: { scope: "public" } });
    expect(mia.rows.at(-1)).toEqual(before);
    await sql(insert(3, 3));
    await expect.poll(() => mia.rows.at(-1)).toEqual(after);
  });

  it("runs it with the user's rights, or with the owner's where that is configured", async () => {
    const { enter, live } = await openLiveNode(open, { queries, script });
    const own = await enter(SAM).open({ name: "by-kysely", args: { scope: "private" } });
    expect(own.rows).toEqual([]);
    const [mia, sam] = [
      await enter(MIA).open({ name: "of-owner", args: {} }),
      await enter(SAM).open({ name: "of-owner", args: {} }),
    ];
    expect([mia.rows, sam.rows]).toEqual([[{ n: 2 }], [{ n: 2 }]]);
    expect(live.openQueries).toBe(2); // equal results of the owner are shared
  });

  it("follows what the policies of its tables read", async () => {
    const { enter, sql } = await openLiveNode(open, { queries, script });
    const sam = await enter(SAM).open({ name: "by-kysely", args: { scope: "private" } });
    await sql(`insert into members values (1, '${SAM}')`);
    await expect.poll(() => sam.column("body")).toEqual(["body 1"]);
  });

  it("refuses names that there are not, and arguments that do not fit", async () => {
    const { enter } = await openLiveNode(open, { queries, script });
    const mia = enter(MIA);
    const refused = { code: "REFUSED", reason: "QUERY_REFUSED" };
    await expect(mia.open({ name: "nothing" })).rejects.toMatchObject(refused);
    await expect(mia.open({ name: "by-kysely", args: { scope: 1 } })).rejects.toMatchObject(refused);
  });

  it.each([
    ["opaque", /hidden.*reads/],
    ["async", /must not be async/],
    ["unwatched", /watch_table\('loose'\)/],
  ])("does not serve a query whose changes it would miss: %s", async (name, sentence) => {
    const { enter, observer } = await openLiveNode(open, { queries, script });
    await expect(enter(MIA).open({ name, args: {} })).rejects.toMatchObject({ code: "INTERNAL_ERROR" });
    const [failure] = observer.of("failed");
    expect(String(failure?.cause)).toMatch(sentence);
  });
});
