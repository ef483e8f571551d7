import { migrate } from "@repo/realtime-postgres";
import { MIA, onEachDatabase, openSqlNode, ORDER, outbox, ROOM, run, SAM } from "@repo/realtime-postgres/testing";
import { expect, it, vi } from "vitest";
import { sqlOfPage } from "./sql-of-page";

vi.setConfig({ testTimeout: 60_000 }); // a server starts, PGlite is compiled

/** As every Postgres has it, and a PGlite that was emptied has not. */
const PUBLIC = "grant usage on schema public to public";

onEachDatabase((_name, open) => {
  it("publishes and admits as the guide for who comes from Supabase says", async () => {
    const { client } = await open();
    await run(client, PUBLIC, ...sqlOfPage("guides/coming-from-supabase.md"));
    await client.query("insert into rooms_users values ($1, $2)", [ROOM, MIA]);
    const { enter } = await openSqlNode(client);
    const [mia, sam] = [enter(MIA), enter(SAM)];
    expect(await mia.subscribe(`room:${ROOM}`)).toMatchObject({ ok: true });
    expect(await sam.subscribe(`room:${ROOM}`)).toMatchObject({ ok: false, error: { code: "UNAUTHORIZED" } });
    expect(await mia.subscribe("lobby")).toMatchObject({ ok: false, error: { code: "CHANNEL_UNKNOWN" } });
    expect(await mia.publish(`room:${ROOM}`, "typing", {})).toMatchObject({ ok: true });
    await client.query("insert into posts (room_id, text) values ($1, 'hello')", [ROOM]);
    await client.query("delete from posts");
    const row = expect.objectContaining({ room_id: ROOM, text: "hello" });
    expect((await outbox(client)).slice(1)).toMatchObject([
      { event_name: "INSERT", payload: { operation: "INSERT", table: "posts", record: row, old_record: null } },
      { event_name: "DELETE", payload: { operation: "DELETE", table: "posts", record: null, old_record: row } },
    ]);
  });

  it("publishes and admits as the overview says", async () => {
    const { client } = await open();
    await run(client, PUBLIC, ORDERS, ...sqlOfPage("overview.md"));
    const { enter } = await openSqlNode(client);
    expect(await enter(MIA).subscribe(`order:${ORDER}`)).toMatchObject({ ok: true });
    expect(await enter(SAM).subscribe(`order:${ORDER}`)).toMatchObject({ ok: false, error: { code: "UNAUTHORIZED" } });
    await client.query("update orders set status = 'paid'");
    expect(await outbox(client)).toMatchObject([
      { channel_name: `order:${ORDER}`, event_name: "UPDATE_order", payload: { status: "paid" } },
    ]);
  });

  it("takes over the channels of a database as the guide for who comes from InsForge says", async () => {
    const { client } = await open({ isMigrated: false });
    const [channels = "", rename = "", copy = "", unmatched = ""] = sqlOfPage("guides/coming-from-insforge.md");
    await run(client, THEIRS, channels, rename);
    await migrate(client);
    await run(client, copy);
    expect(await client.query("select pattern from realtime.channels order by pattern")).toEqual(
      ["chat:%", "order:%", "orders"].map((pattern) => ({ pattern })),
    );
    expect(await client.query(unmatched)).toEqual([{ channel_name: "chat:1:typing" }]);
    await run(client, "drop schema insforge_realtime cascade");
    expect(await client.query("select count(*)::integer as n from realtime.channels")).toEqual([{ n: 3 }]);
  });
});

const ORDERS = `
  create table orders (id uuid primary key, user_id uuid not null, status text not null);
  insert into orders values ('${ORDER}', '${MIA}', 'new')`;

/** The tables of seed 001, with names in use. */
const THEIRS = `
  create schema realtime;
  create table realtime.channels (id uuid primary key default gen_random_uuid(), pattern text unique not null, description text,
    webhook_urls text[], enabled boolean not null default true);
  create table realtime.messages (id uuid primary key default gen_random_uuid(), event_name text, channel_id uuid references realtime.channels,
    channel_name text, payload jsonb);
  insert into realtime.messages (channel_name) values ('orders'), ('order:1'), ('chat:1'), ('chat:1:typing')`;
