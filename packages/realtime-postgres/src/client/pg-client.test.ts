import { sharedDatabase } from "@repo/postgres-testing";
import pg from "pg";
import { afterEach, expect, it } from "vitest";
import { PgClient } from "./pg-client.js";
import type { PgClientOptions } from "./pg-options.js";
import { TcpProxy } from "./tcp-proxy-under-test.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

async function newClient(options: PgClientOptions = {}): Promise<PgClient> {
  const client = new PgClient({ connectionString: (await sharedDatabase()).connectionString, ...options });
  open.push(client);
  return client;
}

async function throughProxy(options: PgClientOptions = {}) {
  const url = new URL((await sharedDatabase()).connectionString);
  const proxy = await TcpProxy.start(Number(url.port));
  open.push(proxy);
  url.port = String(proxy.port);
  return { proxy, client: await newClient({ connectionString: String(url), ...options }) };
}

it("refuses as unavailable when no connection of the pool gets free in time", async () => {
  const client = await newClient({ maxConnections: 1, connectionTimeoutMs: 200 });
  await expect.poll(() => client.query("select 1 as one").catch(() => undefined)).toEqual([{ one: 1 }]);
  await client.transaction(async () => {
    await expect(client.query("select 1")).rejects.toMatchObject({ name: "SqlError", isUnavailable: true });
  });
  expect(await client.query("select 1 as one")).toEqual([{ one: 1 }]);
});

it("ends a statement that runs longer than its limit, and continues with the same connection", async () => {
  const client = await newClient({ maxConnections: 1, statementTimeoutMs: 100 });
  const pid = "select pg_backend_pid() as pid";
  const before = await client.query(pid);
  const late = { name: "SqlError", code: "57014", isUnavailable: true };
  await expect(client.query("select pg_sleep(60)")).rejects.toMatchObject(late);
  const transaction = client.transaction((connection) => connection.query("select pg_sleep(60)"));
  await expect(transaction).rejects.toMatchObject(late);
  expect(await client.query(pid)).toEqual(before);
});

it("ends a slow statement in a pool of the app's and in a session too", async () => {
  const { connectionString } = await sharedDatabase();
  const pool = new pg.Pool({ connectionString });
  open.push({ close: () => pool.end() });
  const client = await newClient({ pool, statementTimeoutMs: 100 });
  const slow = client.transaction((connection) => connection.query("select pg_sleep(60)"));
  await expect(slow).rejects.toMatchObject({ code: "57014" });
  const session = await client.session();
  await expect(session?.query("select pg_sleep(60)")).rejects.toMatchObject({ code: "57014" });
});

it.each([
  ["a transaction", "begin;", (client: PgClient) => client.transaction(async () => undefined)],
  ["a session", "set statement_timeout", (client: PgClient) => client.session()],
] as const)(
  "rejects %s as unavailable where the connection carries nothing more when it begins",
  async (_, text, begin) => {
    const { client, proxy } = await throughProxy({ statementTimeoutMs: 100 });
    proxy.silenceAt = text;
    await expect(begin(client)).rejects.toMatchObject({ name: "SqlError", isUnavailable: true });
    await begin(client);
  },
);

it("rejects as unavailable when the connection carries nothing more, and opens another one", async () => {
  const { client, proxy } = await throughProxy({ statementTimeoutMs: 100 });
  await client.query("select 1");
  proxy.silence();
  await expect(client.query("select 1")).rejects.toMatchObject({
    name: "SqlError",
    code: undefined,
    isUnavailable: true,
  });
  expect(await client.query("select 1 as one")).toEqual([{ one: 1 }]);
});

it("survives the loss of a connection between two statements of a transaction", async () => {
  const { client, proxy } = await throughProxy();
  const transaction = client.transaction(async (connection) => {
    await connection.query("select 1");
    const session = await client.session();
    proxy.cut();
    await session?.closed; // both ends have been seen by now, or soon
    await connection.query("select 2");
  });
  await expect(transaction).rejects.toMatchObject({ name: "SqlError", isUnavailable: true });
  expect(await client.query("select 1 as one")).toEqual([{ one: 1 }]);
});

it("survives the loss of idle connections", async () => {
  const { client, proxy } = await throughProxy();
  const session = await client.session();
  await Promise.all([client.query("select 1"), client.query("select 1")]);
  proxy.cut();
  await session?.closed;
  await expect.poll(() => client.query("select 1 as one").catch(() => undefined)).toEqual([{ one: 1 }]);
});

it("refuses as unavailable where no server listens", async () => {
  const { client, proxy } = await throughProxy();
  await proxy.close();
  const unreachable = { name: "SqlError", isUnavailable: true, message: expect.stringContaining("ECONNREFUSED") };
  await expect(client.query("select 1")).rejects.toMatchObject(unreachable);
  await expect(client.session()).rejects.toMatchObject(unreachable);
});

it("holds a session's locks until it is closed", async () => {
  const client = await newClient();
  const [holder, waiter] = [await client.session(), await client.session()];
  const tryLock = "select pg_try_advisory_lock(1) as locked";
  expect(await holder?.query(tryLock)).toEqual([{ locked: true }]);
  expect(await waiter?.query(tryLock)).toEqual([{ locked: false }]);
  await holder?.close();
  await holder?.closed;
  await expect.poll(async () => await waiter?.query(tryLock)).toEqual([{ locked: true }]);
});

it("closes its sessions and its listener with itself", async () => {
  const client = await newClient();
  const session = await client.session();
  await client.listen("news", { onNotify: () => undefined, onGap: () => undefined });
  await client.close();
  await session?.closed;
  await expect(client.listen("news", { onNotify: () => undefined, onGap: () => undefined })).rejects.toThrow("closed");
});

it("uses a pool of the app's, and leaves it open", async () => {
  const { connectionString } = await sharedDatabase();
  const pool = new pg.Pool({ connectionString });
  open.push({ close: () => pool.end() });
  const client = await newClient({ pool });
  const payloads: string[] = [];
  await client.listen("news", { onNotify: (payload) => void payloads.push(payload), onGap: () => undefined });
  await client.query("select pg_notify('news', 'one')");
  await expect.poll(() => payloads).toEqual(["one"]);
  await client.close();
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  expect(pool.listenerCount("error")).toBe(0);
});

it("closes when each of its connections has ended, not before", async () => {
  const { proxy, client } = await throughProxy();
  await Promise.all(Array.from({ length: 5 }, () => client.query("select 1")));
  expect(proxy.open).toBe(5);
  await client.close();
  expect(proxy.open).toBe(0);
});

it("uses TLS on every connection where the app requires it", async () => {
  const client = await newClient({ ssl: true });
  const refused = { message: expect.stringContaining("does not support SSL") };
  await expect(client.query("select 1")).rejects.toMatchObject(refused);
  await expect(client.session()).rejects.toMatchObject(refused);
});

it("rejects a value that cannot be bound, without calling the server away", async () => {
  const client = await newClient();
  const circle: { self?: unknown } = {};
  circle.self = circle;
  await expect(client.query("select $1::jsonb", [circle])).rejects.toMatchObject({ isUnavailable: false });
});
