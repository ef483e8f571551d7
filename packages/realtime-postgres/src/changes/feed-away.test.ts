import { PgBouncer, PostgresServer, sharedDatabase } from "@repo/postgres-testing";
import { expect, it, onTestFinished } from "vitest";
import { PgClient } from "../client/pg-client.js";
import { TcpProxy } from "../client/tcp-proxy-under-test.js";
import { migrate } from "../migrations/migrate.js";
import { run } from "../testing/seed-application.js";
import { ChangeFeed } from "./change-feed.js";
import { RecordingConsumer, startFeed, write } from "./feed-under-test.js";

const TABLE = "create table notes (id integer primary key, text text)";
const WATCH = "select realtime.watch_table('notes')";

const clientOf = (connectionString: string): PgClient => {
  const client = new PgClient({ connectionString, connectionTimeoutMs: 1_000 });
  onTestFinished(() => client.close());
  return client;
};

const databaseOf = async () => {
  const { connectionString, superuserConnectionString } = await sharedDatabase();
  const client = clientOf(connectionString);
  await migrate(client);
  await run(client, TABLE, WATCH);
  return { client, connectionString, superuser: clientOf(superuserConnectionString) };
};

it("reports that it is behind while its connections are lost, and then passes on what was written meanwhile", async () => {
  const { client, connectionString } = await databaseOf();
  const url = new URL(connectionString);
  const proxy = await TcpProxy.start(Number(url.port));
  onTestFinished(() => proxy.close());
  const { port } = proxy;
  url.port = String(port);
  const { feed, consumer, errors } = await startFeed(clientOf(String(url)));
  await run(client, "insert into notes values (1, 'before')");
  await expect.poll(() => consumer.changes.length).toBe(1);
  proxy.cut();
  await proxy.close();
  await expect.poll(() => consumer.stales).toEqual([true]);
  await run(client, "insert into notes values (2, 'meanwhile')");
  const late = new RecordingConsumer();
  feed.follow(late);
  expect(late.stales).toEqual([true]);
  const again = await TcpProxy.start(Number(new URL(connectionString).port), port);
  onTestFinished(() => again.close());
  await expect.poll(() => consumer.changes.map(({ after }) => after?.["text"])).toEqual(["before", "meanwhile"]);
  await expect.poll(() => consumer.stales).toEqual([true, false]);
  expect([consumer.losses, errors.length, late.changes.length]).toEqual([[], 1, 1]);
});

it(
  "has everything read again after a restart of the server, and continues by itself",
  { timeout: 240_000 },
  async () => {
    const server = await PostgresServer.start();
    onTestFinished(() => server.close());
    const client = clientOf((await server.createDatabase()).connectionString);
    await migrate(client);
    await run(client, TABLE, WATCH);
    const { feed, consumer, errors } = await startFeed(client);
    await write(client, feed, "insert into notes values (1, 'before')");
    await server.stop("immediate");
    await expect.poll(() => consumer.stales).toEqual([true]);
    await server.resume();
    await expect.poll(() => consumer.stales).toEqual([true, false]);
    expect(consumer.losses.length).toBe(1);
    await write(client, feed, "insert into notes values (2, 'after')");
    expect([consumer.changes.map(({ after }) => after?.["id"]), errors.length]).toEqual([[1, 2], 1]);
  },
);

it("waits with its start for a database that is away, and ends the wait when it is closed", async () => {
  const { connectionString } = await databaseOf();
  const url = new URL(connectionString);
  const place = await TcpProxy.start(Number(url.port));
  const { port } = place;
  await place.close();
  url.port = String(port);
  const errors: unknown[] = [];
  const options = { client: clientOf(String(url)), onError: (cause: unknown) => void errors.push(cause) };
  const [feed, closed] = [new ChangeFeed(options), new ChangeFeed(options)];
  onTestFinished(() => feed.close());
  const starting = feed.start();
  const never = closed.start();
  await expect.poll(() => errors.length).toBe(2);
  await closed.close();
  await never;
  const proxy = await TcpProxy.start(Number(new URL(connectionString).port), port);
  onTestFinished(() => proxy.close());
  await starting;
  expect(feed.snapshot.xmax).toBeGreaterThan(0n);
});

it("refuses to read in another isolation level than READ COMMITTED, with what to set", async () => {
  const { client, connectionString, superuser } = await databaseOf();
  await client.query("select 1");
  const database = new URL(connectionString).pathname.slice(1);
  await superuser.query(`alter database ${database} set default_transaction_isolation = 'repeatable read'`);
  await expect(startFeed(clientOf(connectionString))).rejects.toThrow(/set default_transaction_isolation/);
});

it("polls through PgBouncer in transaction mode, while its writers go through it too", async ({ skip }) => {
  const { connectionString } = await databaseOf();
  const pooler = await PgBouncer.start({ connectionString, poolMode: "transaction" });
  if (!pooler) return skip("There is no PgBouncer.");
  onTestFinished(() => pooler.close());
  const pooled = clientOf(pooler.connectionString);
  const { feed, consumer } = await startFeed(pooled);
  await Promise.all([1, 2, 3, 4].map((id) => write(pooled, feed, `insert into notes values (${id}, 'a')`)));
  await run(pooled, "update notes set text = 'b' where id = 4");
  await expect.poll(() => consumer.changes.at(-1)?.after).toEqual({ id: 4, text: "b" });
  expect([consumer.changes.length, consumer.losses]).toEqual([5, []]);
  const direct = clientOf(connectionString);
  expect(
    await direct.query("select from pg_locks where locktype = 'advisory' and objid = 7023450020 - (1::bigint << 32)"),
  ).toEqual([]);
});
