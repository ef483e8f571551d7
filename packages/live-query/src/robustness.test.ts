import { ChangeFeed, migrate, PgClient, SqlError, type ChangeConsumer } from "@repo/realtime-postgres";
import { PostgresServer } from "@repo/postgres-testing";
import { expect, it, onTestFinished } from "vitest";
import { MIA, ROWS, SAM, SCHEMA } from "./testing/annotation-schema.js";
import { annotations, startLiveNode, type LiveClient } from "./testing/live-node.js";
import type { LiveQueriesOptions } from "./live-queries.js";

const insert = (n: number, widget = 1, actor = MIA) =>
  `insert into annotations (id, widget_id, actor_id, body) values ('c0000000-0000-4000-8000-${String(n).padStart(12, "0")}', ${widget}, '${actor}', 'body ${n}');`;
const ALL = { table: "annotations", orderBy: [["body", "asc"]], select: ["body"] } as const;
/** Only Postgres can decide what belongs to it: it is run again with each change. */
const RERUN = { ...ALL, where: ["body", "ilike", "BODY%"] } as const;

async function openServer(maxConnections = 10, options: Partial<LiveQueriesOptions> = {}) {
  const server = await PostgresServer.start(); // roles belong to a whole server: each test has its own
  onTestFinished(() => server.close());
  const { connectionString } = await server.createDatabase();
  const newClient = (max = maxConnections) => {
    const client = new PgClient({ connectionString, connectionTimeoutMs: 3_000, maxConnections: max });
    onTestFinished(() => client.close());
    return client;
  };
  const owner = newClient();
  await migrate(owner);
  const sql = (script: string) => owner.transaction((connection) => connection.execute(script));
  await sql(SCHEMA + ROWS);
  const client = newClient();
  return {
    server,
    owner,
    sql,
    newClient,
    client,
    ...(await startLiveNode(client, { tables: [annotations], ...options })),
  };
}

it("marks results as old while the database is away, and makes them right when it is back", async () => {
  const { server, sql, enter } = await openServer();
  const shown = [await enter(MIA).open(ALL), await enter(MIA).open(RERUN)];
  for (const mode of ["fast", "immediate"] as const) {
    await server.stop(mode);
    await expect.poll(() => shown.map(({ isStale }) => isStale)).toEqual([true, true]);
    await server.resume();
    await expect
      .poll(() =>
        sql(insert(mode === "fast" ? 1 : 2)).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    const expected = mode === "fast" ? ["body 1"] : ["body 1", "body 2"];
    await expect.poll(() => shown.map((each) => each.column("body"))).toEqual([expected, expected]);
    await expect.poll(() => shown.map(({ isStale }) => isStale)).toEqual([false, false]);
  }
});

it("reads everything again when changes were lost", async () => {
  const consumers: ChangeConsumer[] = [];
  class LossyFeed extends ChangeFeed {
    override follow(consumer: ChangeConsumer): () => void {
      consumers.push(consumer);
      return super.follow({ onChanges: () => undefined, onLost: () => undefined });
    }
  }
  const { newClient } = await openServer();
  const client = newClient();
  const feed = new LossyFeed({ client });
  await feed.start();
  onTestFinished(() => feed.close());
  const { enter } = await startLiveNode(client, { tables: [annotations], feed });
  const shown = [await enter(MIA).open(ALL), await enter(MIA).open(RERUN)];
  await client.transaction((connection) => connection.execute(insert(1)));
  await consumers[0]?.onLost(feed.snapshot);
  await expect.poll(() => shown.map((each) => each.column("body"))).toEqual([["body 1"], ["body 1"]]);
});

it("marks a result as old when its query takes too long, and repeats it until it does not", async () => {
  const { owner, sql, enter, errors } = await openServer(10, { timeoutMs: 300 });
  await sql(insert(1) + insert(2));
  const shown = await enter(MIA).open(RERUN);
  await owner.transaction(async (connection) => {
    await connection.execute("lock table widgets in access exclusive mode"); // which the policy reads
    await sql("delete from annotations where body = 'body 2'");
    await expect.poll(() => shown.isStale).toBe(true);
    await expect(enter(MIA).open({ ...RERUN, limit: 9 })).rejects.toMatchObject({
      data: { why: "The query took too long." },
    });
  });
  await expect.poll(() => shown.column("body")).toEqual(["body 1"]);
  await expect.poll(() => shown.isStale).toBe(false);
  expect(errors.every((error) => error instanceof SqlError && error.code === "57014")).toBe(true);
});

it("serves more subscribes than the pool has connections", async () => {
  const { sql, enter } = await openServer(3);
  await sql(insert(1));
  const clients = Array.from({ length: 120 }, (_, nth) => enter(nth % 2 === 0 ? MIA : SAM));
  const opened = await Promise.all(clients.map((client, nth) => client.open({ ...ALL, limit: 1 + (nth % 40) })));
  await sql(insert(2));
  await expect
    .poll(() => opened.every(({ rows }, nth) => rows.length === (nth % 2 === 0 ? Math.min(2, 1 + (nth % 40)) : 0)))
    .toBe(true);
});

it("stays right on one node when the other is cut off from the database", async () => {
  const { sql, enter, newClient } = await openServer();
  const lost = newClient();
  const other = await startLiveNode(lost, { tables: [annotations] });
  const shown = [await enter(MIA).open(ALL), await other.enter(MIA).open(ALL)];
  await sql(insert(1));
  await expect.poll(() => shown.map(({ rows }) => rows.length)).toEqual([1, 1]);
  await lost.close();
  await sql(insert(2) + insert(3));
  await expect.poll(() => shown[0]?.rows.length).toBe(3);
});

it("sends the changes of others while a transaction stays open, and its own when it is committed", async () => {
  const { sql, owner, enter } = await openServer();
  const shown = await enter(MIA).open(ALL);
  await owner.transaction(async (connection) => {
    await connection.execute(insert(1));
    for (let n = 2; n < 6; n += 1) {
      await sql(insert(n));
      await expect.poll(() => shown.rows.length).toBe(n - 1);
    }
  });
  await expect.poll(() => shown.column("body")).toEqual(["body 1", "body 2", "body 3", "body 4", "body 5"]);
});

it("opens thousands of queries at once, and keeps nothing of them when their clients have left", async () => {
  const { sql, enter, live } = await openServer();
  await sql(insert(1));
  const count = Number(process.env["LIVE_SUBSCRIBES"] ?? 1_500);
  const clients = Array.from({ length: Math.ceil(count / 50) }, () => enter(MIA));
  await expect.poll(() => clients.every(({ frames }) => frames.some(({ type }) => type === "connected"))).toBe(true);
  const open = (client: LiveClient) =>
    Promise.all(Array.from({ length: 50 }, (_, nth) => client.open({ ...ALL, limit: nth + 1 })));
  const opened = (await Promise.all(clients.map(open))).flat();
  expect(opened.every(({ rows }) => rows.length === 1)).toBe(true);
  expect(live.openQueries).toBe(50);
  await sql(insert(2));
  await expect.poll(() => opened.filter(({ rows }) => rows.length === 2).length).toBe(opened.length - clients.length);
  for (const client of clients) client.hangUp();
  await expect.poll(() => live.openQueries).toBe(0);
});
