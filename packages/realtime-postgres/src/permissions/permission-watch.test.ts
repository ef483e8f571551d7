import type { Clock } from "@repo/core-realtime";
import { systemClock } from "@repo/core-realtime/server";
import { FakeClock } from "@repo/core-testing";
import { expect, it } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase, openSqlNode } from "../testing/index.js";
import { notifiedFromNow } from "../testing/notified-from-now.js";

const MIA = "00000000-0000-4000-8000-000000000001";
const SAM = "00000000-0000-4000-8000-000000000002";

const ROOMS = `
  create schema if not exists public;
  create table rooms (id text primary key, owner uuid, title text);
  create table members (room text, user_id uuid, nickname text);
  insert into rooms values ('1', '${SAM}', 'one');
  insert into members values ('1', '${MIA}', 'mia'), ('1', '${SAM}', 'sam');
  grant usage on schema public to authenticated;
  grant select on rooms, members to authenticated;
  insert into realtime.channels (pattern) values ('room:%'), ('open');
  create policy everybody on realtime.channels for select to authenticated using (pattern = 'open');`;
const MEMBERS = `create policy members on realtime.channels for select to authenticated using (
  pattern = 'room:%' and exists (
    select 1 from members where room = (realtime.channel_params())[1] and user_id = auth.uid()))`;

async function run(client: SqlClient, ...scripts: readonly string[]): Promise<void> {
  for (const script of scripts) await client.transaction((connection) => connection.execute(script));
}

const left = [["room:1", "UNAUTHORIZED"]];

onEachDatabase((_name, open) => {
  async function roomsWith(policy: string, clock: Clock = systemClock) {
    const { client } = await open();
    await run(client, ROOMS, policy);
    const node = await openSqlNode(client, { clock, onError: (cause) => expect.unreachable(String(cause)) });
    const [mia, sam] = [node.enter(MIA), node.enter(SAM)];
    for (const each of [mia, sam])
      for (const name of ["room:1", "open"]) expect(await each.subscribe(name)).toMatchObject({ ok: true });
    return { ...node, client, mia, sam };
  }

  it("ends the subscription of a user who lost access, when the row behind the policy is deleted", async () => {
    const { client, mia, sam } = await roomsWith(MEMBERS);
    await client.query("delete from members where user_id = $1", [MIA]);
    await expect.poll(() => mia.left(), { interval: 5 }).toEqual(left);
    expect(sam.left()).toEqual([]);
  });

  it("notices an update of a column that the policy reads, and not of another", async () => {
    const { client, mia } = await roomsWith(MEMBERS);
    const notified = await notifiedFromNow(client);
    await client.query("update members set nickname = 'other', room = room where user_id = $1", [MIA]);
    await client.query("insert into members values ('2', $1, 'mia')", [MIA]); // a new row can only give access
    await client.query("update members set user_id = gen_random_uuid() where user_id = $1", [MIA]);
    await expect.poll(() => mia.left(), { interval: 5 }).toEqual(left);
    expect(notified).toEqual(["room:%"]);
  });

  it("notices a truncate", async () => {
    const { client, mia } = await roomsWith(MEMBERS);
    await client.query("truncate members");
    await expect.poll(() => mia.left(), { interval: 5 }).toEqual(left);
  });

  it("notices an insert, where a row can take access away", async () => {
    const banned = `create table banned (user_id uuid); grant select on banned to authenticated;
      create policy not_banned on realtime.channels as restrictive for select to authenticated using (
        pattern <> 'room:%' or not exists (select 1 from banned where user_id = auth.uid()))`;
    const { client, mia, sam } = await roomsWith(`${MEMBERS};${banned}`);
    await client.query("insert into banned values ($1)", [MIA]);
    await expect.poll(() => mia.left(), { interval: 5 }).toEqual(left);
    expect(sam.left()).toEqual([]);
  });

  it("looks into functions with BEGIN ATOMIC, views, and the policies of the tables that are read", async () => {
    const { client, mia } = await roomsWith(
      `
      create view room_owners as select id, owner from rooms;
      grant select on room_owners to authenticated;
      create function is_member(room_id text) returns boolean language sql stable
        begin atomic select exists (select 1 from members where room = room_id and user_id = auth.uid()); end;
      alter table members enable row level security;
      create policy visible on members for select to authenticated using (not exists (select 1 from room_owners where title_of(id) = 'gone'));
      create policy members on realtime.channels for select to authenticated using (pattern = 'room:%' and is_member((realtime.channel_params())[1]))`.replace(
        "title_of(id)",
        "id",
      ),
    );
    expect(
      await client.query(
        "select table_name::text as table, pattern, columns, is_on_insert, problem from realtime.permission_dependencies order by 1",
      ),
    ).toEqual([
      { table: "members", pattern: "room:%", columns: ["room", "user_id"], is_on_insert: true, problem: null },
      { table: "rooms", pattern: "room:%", columns: ["id", "owner"], is_on_insert: true, problem: null },
    ]);
    await client.query("update rooms set id = 'gone'");
    await expect.poll(() => mia.left(), { interval: 5 }).toEqual(left);
  });

  it("checks again when a policy is altered or dropped, within a second", async () => {
    const clock = new FakeClock();
    const { client, mia, sam } = await roomsWith(MEMBERS, clock);
    await run(client, "drop policy members on realtime.channels");
    clock.advance(1_000);
    for (const each of [mia, sam]) await expect.poll(() => each.left(), { interval: 5 }).toEqual(left);
  });

  it("takes what is declared for a policy that hides its tables, and reports it", async () => {
    const { client, mia } = await roomsWith(`
      create function is_member(room_id text) returns boolean language plpgsql stable as $$
        begin return exists (select 1 from members where room = room_id and user_id = auth.uid()); end $$;
      create policy members on realtime.channels for select to authenticated using (pattern = 'room:%' and is_member((realtime.channel_params())[1]))`);
    expect(await client.query("select opaque_functions from realtime.permission_state")).toEqual([
      { opaque_functions: ["public.is_member(text)"] },
    ]);
    await client.query("select realtime.depends_on('room:%', 'members')");
    await client.query("delete from members where user_id = $1", [MIA]);
    await expect.poll(() => mia.left(), { interval: 5 }).toEqual(left);
  });

  it("checks all subscriptions every 30 s, whatever they depend on", async () => {
    const clock = new FakeClock();
    const policy = `
      create function is_member(room_id text) returns boolean language plpgsql stable as $$
        begin return exists (select 1 from members where room = room_id and user_id = auth.uid()); end $$;
      create policy members on realtime.channels for select to authenticated using (pattern = 'room:%' and is_member((realtime.channel_params())[1]))`;
    const { client, mia, sam } = await roomsWith(policy, clock);
    await client.query("delete from members where user_id = $1", [MIA]);
    clock.advance(29_000);
    expect(mia.left()).toEqual([]);
    clock.advance(1_000);
    await expect.poll(() => mia.left(), { interval: 5 }).toEqual(left);
    expect(sam.left()).toEqual([]);
  });
});
