import { FakeClock } from "@repo/core-testing";
import { PgBouncer, sharedDatabase } from "@repo/postgres-testing";
import { afterEach, expect, it } from "vitest";
import { migrate } from "../migrations/migrate.js";
import { PgClient } from "./pg-client.js";
import type { PgClientOptions } from "./pg-options.js";
import type { NotifyListener } from "./sql-client.js";
import { TcpProxy } from "./tcp-proxy-under-test.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

interface Behind extends PgClientOptions {
  readonly poolMode?: "session" | "transaction";
}

/** A client behind PgBouncer; undefined where there is none on this machine. */
async function behindPgBouncer({ poolMode = "transaction", ...options }: Behind = {}) {
  const { connectionString } = await sharedDatabase();
  const pooler = await PgBouncer.start({ connectionString, poolMode });
  if (!pooler) return undefined;
  open.push(pooler);
  const client = new PgClient({ connectionString: pooler.connectionString, ...options });
  const direct = new PgClient({ connectionString });
  open.push(client, direct);
  return { client, direct, connectionString };
}

class Received implements NotifyListener {
  readonly events: string[] = [];
  onNotify(payload: string): void {
    this.events.push(payload);
  }
  onGap(): void {
    this.events.push("gap");
  }
}

it("migrates, queries and runs transactions through PgBouncer, many at a time", async ({ skip }) => {
  const { client } = (await behindPgBouncer()) ?? {};
  if (!client) return skip("There is no PgBouncer.");
  await migrate(client);
  const insert = (pattern: string) => client.query("insert into realtime.channels (pattern) values ($1)", [pattern]);
  await Promise.all(Array.from({ length: 20 }, (_, index) => insert(`order-${index}:%`)));
  const counted = await client.transaction((connection) =>
    connection.query("select count(*)::int as count from realtime.channels"),
  );
  expect(counted).toEqual([{ count: 20 }]);
});

it("finds out that PgBouncer keeps no session: there is no session, and onGap is called again and again", async ({
  skip,
}) => {
  const clock = new FakeClock();
  const { client } = (await behindPgBouncer({ clock, pollMs: 100 })) ?? {};
  if (!client) return skip("There is no PgBouncer.");
  const received = new Received();
  await client.listen("news", received);
  clock.advance(300);
  expect(received.events).toEqual(["gap", "gap", "gap"]);
  expect(await client.session()).toBeUndefined();
});

it("leaves no setting behind on a connection that PgBouncer gives to others", async ({ skip }) => {
  const { client } = (await behindPgBouncer({ statementTimeoutMs: 1_234 })) ?? {};
  if (!client) return skip("There is no PgBouncer.");
  const limit = "select current_setting('statement_timeout') as limit";
  expect(await client.transaction((connection) => connection.query(limit))).toEqual([{ limit: "1234ms" }]);
  const outside = await Promise.all([1, 2, 3, 4].map(() => client.query(limit)));
  expect(outside.flat()).toEqual([1, 2, 3, 4].map(() => ({ limit: "0" })));
});

it("listens and keeps sessions on the direct connection where one is given", async ({ skip }) => {
  const { connectionString } = await sharedDatabase();
  const pooler = await PgBouncer.start({ connectionString, poolMode: "transaction" });
  if (!pooler) return skip("There is no PgBouncer.");
  const client = new PgClient({
    connectionString: pooler.connectionString,
    directConnectionString: connectionString,
  });
  open.push(pooler, client);
  const received = new Received();
  await client.listen("news", received);
  await client.query("select pg_notify('news', 'one')");
  await expect.poll(() => received.events).toEqual(["one"]);
  expect(await (await client.session())?.query("select 1 as one")).toEqual([{ one: 1 }]);
});

it("listens through PgBouncer in session mode where the app declares that it keeps sessions", async ({ skip }) => {
  const { client, direct } = (await behindPgBouncer({ poolMode: "session", pooling: "none" })) ?? {};
  if (!client || !direct) return skip("There is no PgBouncer.");
  const received = new Received();
  await client.listen("news", received);
  await direct.query("select pg_notify('news', 'one')");
  await expect.poll(() => received.events).toEqual(["one"]);
});

it("closes a connection when its heartbeat finds another session behind it", async ({ skip }) => {
  const { connectionString } = await sharedDatabase();
  const pooler = await PgBouncer.start({ connectionString, poolMode: "transaction" });
  if (!pooler) return skip("There is no PgBouncer.");
  const url = new URL(pooler.connectionString);
  const proxy = await TcpProxy.start(Number(url.port));
  url.port = String(proxy.port);
  const clock = new FakeClock();
  const client = new PgClient({ connectionString: String(url), clock, pooling: "none" }); // wrong: no session is kept
  open.push(pooler, proxy, client);
  const received = new Received();
  await client.listen("news", received);
  await client.transaction(async () => {
    clock.advance(10_000); // the transaction holds the session that listened
    await expect.poll(() => proxy.open).toBe(1);
  });
  clock.advance(1_000);
  await expect.poll(() => received.events).toEqual(["gap"]);
});
