import { ChangeFeed } from "@repo/realtime-postgres";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it, onTestFinished } from "vitest";
import { digest } from "@repo/core-realtime/digest";
import { MIA, ROWS, SAM, SCHEMA } from "./testing/annotation-schema.js";
import { annotations, openLiveNode, startLiveNode } from "./testing/live-node.js";
import { systemClock } from "@repo/core-realtime/server";

const id = (n: number) => `c0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const insert = (n: number, widget: number, actor = MIA) =>
  `insert into annotations (id, widget_id, actor_id, body) values ('${id(n)}', ${widget}, '${actor}', 'body ${n}');`;
const ALL = { table: "annotations", orderBy: [["body", "asc"]], select: ["body"] } as const;
/** Every column that the policies read has a value: users share one window. */
const PINNED = {
  ...ALL,
  where: {
    and: [
      ["widget_id", "=", 1],
      ["actor_id", "=", MIA],
    ],
  },
} as const;
const clock = {
  ...systemClock,
  after: (ms: number, run: () => void) => systemClock.after(ms === 5_000 ? 50 : ms, run),
};
const member = (user: string) => `insert into members values (1, '${user}');`;
const NO_MEMBER = `delete from members where user_id = '${SAM}';`;

onEachDatabase((_, open) => {
  it("forgets its decisions when a membership ends while no client has a query open", async () => {
    const { client } = await open();
    const sql = async (script: string) =>
      client.transaction(async (connection) => {
        await connection.execute(script);
        const [row] = await connection.query<{ readonly xid: string }>("select pg_current_xact_id()::text as xid");
        return BigInt(row?.xid ?? 0);
      });
    await sql(SCHEMA + ROWS + insert(1, 1) + member(SAM));
    const feed = new ChangeFeed({ client });
    await feed.start();
    onTestFinished(() => feed.close());
    const { enter, live } = await startLiveNode(client, { tables: [annotations], feed });
    const before = enter(SAM);
    expect((await before.open(PINNED)).column("body")).toEqual(["body 1"]);
    before.hangUp();
    await expect.poll(() => live.openQueries).toBe(0);
    await feed.passed(await sql(NO_MEMBER));
    expect((await enter(MIA).open(PINNED)).column("body")).toEqual(["body 1"]);
    expect((await enter(SAM).open(PINNED)).rows).toEqual([]);
  });

  it("shows a shared result only to users who may see it, as long as they may", async () => {
    const { enter, sql, live } = await openLiveNode(open, { script: insert(1, 1) });
    const [mia, sam] = [await enter(MIA).open(PINNED), await enter(SAM).open(PINNED)];
    expect([live.openQueries, mia.column("body"), sam.rows]).toEqual([1, ["body 1"], []]);
    await sql(insert(2, 1));
    await expect.poll(() => mia.rows.length).toBe(2);
    expect(sam.events).toEqual([]);
    await sql(member(SAM));
    await expect.poll(() => sam.rows.length).toBe(2);
    await sql(NO_MEMBER);
    await expect.poll(() => sam.rows).toEqual([]);
    const { events } = sam;
    const count = events.length;
    await sql(`delete from annotations where id = '${id(1)}';` + insert(3, 1));
    await expect.poll(() => mia.column("body")).toEqual(["body 2", "body 3"]);
    expect(sam.events.length).toBe(count);
  });

  it("sends nothing of rows that come, change and go unseen", async () => {
    const { enter, sql } = await openLiveNode(open, { script: insert(1, 1) + insert(2, 2, SAM) });
    const mia = await enter(MIA).open(ALL);
    const sam = await enter(SAM).open(ALL);
    await sql(
      insert(3, 1) +
        `update annotations set body = 'other' where id = '${id(1)}'; delete from annotations where id = '${id(1)}'`,
    );
    await expect.poll(() => mia.column("body")).toEqual(["body 3"]);
    expect([sam.events, sam.column("body")]).toEqual([[], ["body 2"]]);
    await sql(`update annotations set actor_id = '${MIA}' where id = '${id(2)}'`); // it goes, and its new values are not sent
    await expect.poll(() => sam.rows).toEqual([]);
    expect(sam.events).toEqual(["patch"]);
  });

  it("counts what the user may see, and no more", async () => {
    const { enter, sql } = await openLiveNode(open, { script: insert(1, 1) + insert(2, 2, SAM) });
    const sam = await enter(SAM).open({ table: "annotations", count: true });
    expect(sam.rows).toEqual([{ count: 1 }]);
    await sql(insert(3, 1) + insert(4, 2, SAM));
    await expect.poll(() => sam.rows).toEqual([{ count: 2 }]);
  });

  it("replies to guessed digests of hidden rows with what the user may see", async () => {
    const { enter } = await openLiveNode(open, { script: insert(1, 1) + insert(2, 2, SAM) });
    const hidden = digest(JSON.stringify({ id: id(1), body: "body 1" }));
    const reply = await enter(SAM).request({
      type: "subscribe",
      channel: "live-query.x",
      ask: { query: ALL, have: [hidden] },
    });
    expect(reply).toMatchObject({ result: { opening: { patch: [["clear"], ["insert", 0, { body: "body 2" }]] } } });
  });

  it("continues as the new user when the connection's identity changes, also in the middle of an opening", async () => {
    const { enter, sql, live } = await openLiveNode(open, { script: insert(1, 1) + insert(2, 2, SAM) });
    const client = enter(MIA);
    const shown = await client.open(ALL);
    expect(shown.column("body")).toEqual(["body 1"]);
    expect(await client.request({ type: "refresh", token: SAM })).toMatchObject({ ok: true });
    await expect.poll(() => shown.column("body")).toEqual(["body 2"]);
    for (let nth = 0; nth < 10; nth += 1) {
      const other = enter(MIA);
      const query = { ...ALL, limit: nth + 1 };
      const opening = other.open(query);
      const refreshed = other.request({ type: "refresh", token: SAM });
      const [late] = await Promise.all([opening, refreshed]);
      await expect.poll(() => late.column("body")).toEqual(["body 2"]);
      other.hangUp();
    }
    await sql(insert(3, 1) + insert(4, 2, SAM));
    await expect.poll(() => shown.column("body")).toEqual(["body 2", "body 4"]);
    await expect.poll(() => live.openQueries).toBe(1);
  });

  it("ends as the last user when identities change faster than queries open", async () => {
    const { enter, sql } = await openLiveNode(open, { script: insert(1, 1) + insert(2, 2, SAM) });
    const client = enter(MIA);
    const shown = await client.open(ALL);
    const tokens = [SAM, MIA, SAM, MIA, SAM];
    await Promise.all(tokens.map((token) => client.request({ type: "refresh", token })));
    await expect.poll(() => shown.column("body")).toEqual(["body 2"]);
    await sql(insert(3, 1) + insert(4, 2, SAM));
    await expect.poll(() => shown.column("body")).toEqual(["body 2", "body 4"]);
  });

  it("ends a query when a column or the table is taken from the role", async () => {
    for (const change of [
      "revoke select on annotations from authenticated; grant select (id, widget_id) on annotations to authenticated",
      "revoke all on annotations from authenticated",
    ]) {
      const { enter, sql, client } = await openLiveNode(open, { script: insert(1, 1), clock });
      const connection = enter(MIA);
      await connection.open(ALL);
      await sql(change);
      await expect.poll(() => connection.frames.filter(({ type }) => type === "left").length).toBe(1);
      await expect(enter(MIA).open(ALL)).rejects.toMatchObject({ data: { why: expect.any(String) } });
      if (client.constructor.name.startsWith("Pglite")) return; // one database for the file
    }
  });

  it("follows a policy that is changed while queries are open, also for rows that were decided before", async () => {
    const { enter, sql } = await openLiveNode(open, { script: insert(1, 1) + insert(2, 2, SAM), clock });
    const sam = await enter(SAM).open(ALL);
    expect(sam.column("body")).toEqual(["body 2"]);
    await sql(`alter policy own on annotations using (body = 'body 1')`);
    await expect.poll(() => sam.column("body")).toEqual(["body 1"]);
    await sql(insert(3, 2, SAM) + `update annotations set body = 'body 1' where id = '${id(2)}'`);
    await expect.poll(() => sam.column("body")).toEqual(["body 1", "body 1"]);
    await sql("drop policy own on annotations");
    await expect.poll(() => sam.rows).toEqual([]);
  });

  it("refuses a table that lost its row-level security, and continues with the policies of the others", async () => {
    const { enter, sql, errors } = await openLiveNode(open, { script: insert(1, 1), clock });
    const connection = enter(MIA);
    await connection.open(ALL);
    await sql("alter table annotations disable row level security");
    await expect.poll(() => connection.frames.filter(({ type }) => type === "left").length).toBe(1);
    await expect(enter(MIA).open(ALL)).rejects.toMatchObject({ data: { why: expect.any(String) } });
    expect(String(errors[0])).toContain("row-level security");
    await sql("alter table annotations enable row level security");
    await expect
      .poll(() =>
        enter(MIA)
          .open(ALL)
          .then(
            ({ rows }) => rows.length,
            () => 0,
          ),
      )
      .toBe(1);
  });

  it("lets a role that bypasses row-level security see everything, and no other role with it", async () => {
    const roleOf = (user: { readonly userId: string } | null) => (user?.userId === SAM ? "reader" : "authenticated");
    const role =
      "do $$ begin if not exists (select from pg_roles where rolname = 'reader') then create role reader; end if; end $$; grant reader to current_user; grant usage on schema public to reader; grant select on annotations, widgets, members to reader;";
    const all = "create policy reads on annotations for select to reader using (true);";
    const { enter, sql } = await openLiveNode(open, {
      script: role + all + insert(1, 2, SAM),
      roleOf,
      tables: [annotations],
    });
    const [reader, mia] = [await enter(SAM).open(ALL), await enter(MIA).open(ALL)];
    await sql(insert(2, 2, SAM) + insert(3, 1));
    await expect.poll(() => reader.column("body")).toEqual(["body 1", "body 2", "body 3"]);
    await expect.poll(() => mia.column("body")).toEqual(["body 3"]);
  });
});
