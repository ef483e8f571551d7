import { PGlite } from "@electric-sql/pglite";
import { live as liveExtension } from "@electric-sql/pglite/live";
import { createRealtime, InMemoryRealtimeServer } from "@repo/core-realtime/server";
import { createLiveQueries, defineLiveTable } from "@repo/live-query";
import { PgClient, type SqlClient } from "@repo/realtime-postgres";
import { median } from "../median.js";
import type { Measurement } from "../postgres/measurement.js";
import type { PostgresBed } from "../postgres/postgres-bed.js";
import { CountingClient } from "./counting-client.js";

const QUERIES = 200; // each on another room; a change concerns one
const TABLE =
  "create table public.notes (id serial primary key, room integer not null, body text not null); create index on public.notes (room);";
const ROWS = `insert into public.notes (room, body) select n % ${QUERIES}, 'note ' || n from generate_series(1, ${QUERIES * 20}) n;`;
const SQL = "select * from notes where room = $1 order by id desc limit 20";

const READS_NOTES = /\bfrom\s+"?(public"?\."?)?notes\b/i;

/** What one way of keeping queries live took. */
interface Kept {
  readonly ms: number;
  readonly queriesRun: number;
}

/** From the start of an insert to the new result of the one query that it concerns, while 200 are open. */
export async function changeToResult(bed: PostgresBed, changes: number): Promise<readonly Measurement[]> {
  const [ours, listened, pglite] = [
    await withLiveQueries(bed, changes),
    await withListen(bed, changes),
    await withPglite(Math.min(changes, 10)),
  ];
  const text = ({ ms, queriesRun }: Kept) => `${ms.toFixed(1)} ms, ${queriesRun.toFixed(0)} queries run`;
  const what = `an insert until its query has the row, ${QUERIES} open queries on other rooms`;
  return [
    {
      what: `${what}; beside: LISTEN and run every query again`,
      ours: text(ours),
      peer: text(listened),
      goal: "≤ 15 ms",
      isMet: ours.ms <= 15,
    },
    {
      what: `${what}; beside: PGlite's live.query, in the same process`,
      ours: text(ours),
      peer: text(pglite),
      goal: "",
      isMet: true,
    },
  ];
}

async function withLiveQueries(bed: PostgresBed, changes: number): Promise<Kept> {
  const { connectionString, close } = await bed.openDatabase();
  const client = new CountingClient(new PgClient({ connectionString }), READS_NOTES);
  await script(
    client,
    `${TABLE}${ROWS} alter table public.notes enable row level security; create policy everybody on public.notes for select using (true);
    grant usage on schema public to authenticated, anon; grant select on public.notes to authenticated, anon; select realtime.watch_table('public.notes');`,
  );
  const live = createLiveQueries({ client, tables: [defineLiveTable("notes", { columns: ["id", "room", "body"] })] });
  const realtime = createRealtime({ authenticator: { authenticate: () => null }, guards: [live.guard] });
  live.bind(realtime.registry);
  await live.start();
  const server = new InMemoryRealtimeServer();
  await realtime.serve(server);
  let onPatch: () => void = () => undefined;
  try {
    for (let first = 0; first < QUERIES; first += 20)
      await new Promise<void>((resolve) => {
        let open = 0;
        for (let room = first; room < first + 20; room += 1) {
          const query = { table: "notes", where: ["room", "=", room], orderBy: [["id", "desc"]], limit: 20 };
          const { send } = server.connect({
            onFrame: ({ type }) => {
              if (type === "message") onPatch();
              if (type === "reply" && (open += 1) === 20) resolve();
            },
          });
          send({ id: "s", type: "subscribe", channel: `live-query.r${room}`, ask: { query } });
        }
      });
    const opened = client.count;
    if (opened < QUERIES) throw new Error(`${QUERIES} queries were opened, and ${opened} statements counted.`);
    const ms = await timed(changes, async (nth) => {
      const patched = new Promise<void>((resolve) => (onPatch = resolve));
      await client.query("insert into public.notes (room, body) values ($1, 'new')", [nth % QUERIES]);
      await patched;
    });
    return { ms, queriesRun: (client.count - opened) / (changes + 1) };
  } finally {
    await realtime.close();
    await live.close();
    await client.close();
    await close();
  }
}

async function withListen(bed: PostgresBed, changes: number): Promise<Kept> {
  const { connectionString, close } = await bed.openDatabase();
  const client = new PgClient({ connectionString });
  await script(
    client,
    `${TABLE}${ROWS} create function public.tell() returns trigger language plpgsql as $$ begin perform pg_notify('notes', ''); return null; end $$;
    create trigger tell after insert or update or delete on public.notes for each statement execute function public.tell();`,
  );
  let onDone: () => void = () => undefined;
  let run = 0;
  const refetch = async () => {
    await Promise.all(Array.from({ length: QUERIES }, (_, room) => client.query(SQL, [room])));
    run += QUERIES;
    onDone();
  };
  const unlisten = await client.listen("notes", { onNotify: () => void refetch(), onGap: () => undefined });
  try {
    const ms = await timed(changes, async (nth) => {
      const done = new Promise<void>((resolve) => (onDone = resolve));
      await client.query("insert into public.notes (room, body) values ($1, 'new')", [nth % QUERIES]);
      await done;
    });
    return { ms, queriesRun: run / (changes + 1) };
  } finally {
    await unlisten();
    await client.close();
    await close();
  }
}

async function withPglite(changes: number): Promise<Kept> {
  const database = await PGlite.create({ extensions: { live: liveExtension } });
  try {
    await database.exec(TABLE + ROWS);
    let called = 0;
    let onRoom: ((room: number) => void) | undefined;
    for (let room = 0; room < QUERIES; room += 1)
      await database.live.query(SQL, [room], () => {
        called += 1;
        onRoom?.(room);
      });
    called = 0;
    const ms = await timed(changes, async (nth) => {
      const seen = new Promise<void>((resolve) => (onRoom = (room) => room === nth % QUERIES && resolve()));
      await database.query("insert into notes (room, body) values ($1, 'new')", [nth % QUERIES]);
      await seen;
    });
    return { ms, queriesRun: called / (changes + 1) };
  } finally {
    await database.close();
  }
}

/** The median, without the first. */
async function timed(changes: number, change: (nth: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let nth = 0; nth <= changes; nth += 1) {
    const began = performance.now();
    await change(nth);
    if (nth > 0) times.push(performance.now() - began);
  }
  return median(times);
}

async function script(client: SqlClient, sql: string): Promise<void> {
  await client.transaction((connection) => connection.execute(sql));
}
