import { createLiveQueries, defineLiveTable } from "@repo/live-query";
import { createRealtimeClient } from "@repo/realtime-client";
import { createMutations, createQueries } from "@repo/realtime-client/query";
import { onEachDatabase, type OpenTestDatabase } from "@repo/realtime-postgres/testing";
import { expect, it, onTestFinished } from "vitest";
import { ServerUnderTest } from "./server-under-test.js";
import { TRANSPORTS } from "./transports-under-test.js";

interface Note {
  readonly id: string;
  readonly owner: string;
  readonly body: string;
  readonly rank: string;
  readonly version: number;
}

interface Database {
  readonly notes: {
    readonly row: Note;
    readonly insert: { readonly id?: string; readonly owner: string; readonly body: string; readonly rank?: string };
    readonly update: { readonly body?: string; readonly rank?: string };
  };
}

const SCHEMA = `
  create table public.notes (id uuid primary key, owner text not null, body text not null check (body <> ''), rank bigint not null default 0, version integer not null default 1);
  alter table public.notes enable row level security;
  create policy own on public.notes to authenticated using (owner = auth.jwt() ->> 'sub') with check (owner = auth.jwt() ->> 'sub');
  grant usage on schema public to authenticated;
  grant select, insert, update, delete on public.notes to authenticated;
  select realtime.watch_table('public.notes');
`;

const notes = defineLiveTable("notes", {
  columns: ["id", "owner", "body", "rank"],
  writable: ["id", "owner", "body", "rank"],
  version: "version",
});

async function openServer(open: OpenTestDatabase) {
  const { client } = await open();
  await client.transaction((connection) => connection.execute(SCHEMA));
  const live = createLiveQueries({ client, tables: [notes] });
  await live.start();
  const authenticator = {
    authenticate: ({ token }: { readonly token?: string | undefined }) =>
      token === undefined ? null : { userId: token, roles: [] },
  };
  const server = new ServerUnderTest({ bind: (registry) => live.bind(registry), guards: [live.guard], authenticator });
  await server.start();
  onTestFinished(async () => {
    await server.close();
    await live.close();
  });
  const sql = (text: string) => client.transaction((connection) => connection.execute(text));
  return { server, live, sql };
}

function enter(server: ServerUnderTest, transport: keyof typeof TRANSPORTS, user: string) {
  const made = TRANSPORTS[transport]?.() ?? expect.unreachable();
  const client = createRealtimeClient({ url: `${server.origin}/realtime`, transports: [made], auth: () => user });
  onTestFinished(() => client.disconnect());
  return { client, ...createQueries<Database>(client), ...createMutations<Database>(client) };
}

const id = (n: number) => `c0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

onEachDatabase((_, open) => {
  it.each(Object.keys(TRANSPORTS))("keeps a query up to date, and changes rows, over %s", async (transport) => {
    const { server, sql } = await openServer(open);
    const [mia, sam] = [enter(server, transport, "mia"), enter(server, transport, "sam")];
    const shown: string[][] = [];
    const bodies = (client: typeof mia, into: string[][]) =>
      client
        .query("notes")
        .orderBy("body")
        .watch(({ rows, status }) => status === "subscribed" && into.push(rows.map(({ body }) => body)));
    const ofSam: string[][] = [];
    bodies(mia, shown);
    bodies(sam, ofSam);
    await expect.poll(() => shown.at(-1)).toEqual([]);
    await sql(`insert into notes (id, owner, body) values ('${id(1)}', 'mia', 'b'), ('${id(2)}', 'sam', 'c')`);
    await expect.poll(() => shown.at(-1)).toEqual(["b"]);
    const created = await mia.createRecord("notes", { owner: "mia", body: "a", rank: "9007199254740993" });
    expect(created).toMatchObject({ owner: "mia", rank: "9007199254740993", version: 1 });
    expect(shown.at(-1)).toEqual(["a", "b"]);
    const changed = await mia.updateRecord("notes", created.id, { body: "d" }, { expect: { version: 1 } });
    expect([changed.version, shown.at(-1)]).toEqual([2, ["b", "d"]]);
    const stale = mia.updateRecord("notes", created.id, { body: "e" }, { expect: { version: 1 } });
    await expect(stale).rejects.toMatchObject({ reason: "CONFLICT", data: { row: { body: "d", version: 2 } } });
    await expect(mia.createRecord("notes", { owner: "mia", body: "" })).rejects.toMatchObject({
      data: { fault: "invalid" },
    });
    expect(shown.at(-1)).toEqual(["b", "d"]);
    await mia.deleteRecord("notes", created.id);
    expect(shown.at(-1)).toEqual(["b"]);
    expect([await mia.query("notes").count(), (await sam.query("notes").fetchOne())?.body]).toEqual([1, "c"]);
    expect(ofSam.flat()).not.toContain("a");
  });

  it("shows what has changed while the connection was away, without an empty state between", async () => {
    const { server, sql } = await openServer(open);
    const mia = enter(server, "ws", "mia");
    await sql(`insert into notes (id, owner, body) values ('${id(1)}', 'mia', 'a'), ('${id(2)}', 'mia', 'b')`);
    const states: string[][] = [];
    mia
      .query("notes")
      .orderBy("body")
      .watch(({ rows }) => states.push(rows.map(({ body }) => body)));
    await expect.poll(() => states.at(-1)).toEqual(["a", "b"]);
    const from = states.length;
    await server.kill();
    await sql(
      `delete from notes where body = 'a'; insert into notes (id, owner, body) values ('${id(3)}', 'mia', 'c')`,
    );
    await server.start();
    await expect.poll(() => states.at(-1)).toEqual(["b", "c"]);
    expect(new Set(states.slice(from).map(String))).toEqual(new Set(["a,b", "b,c"]));
  });
});
