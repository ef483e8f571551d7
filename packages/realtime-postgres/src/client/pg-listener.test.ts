import { FakeClock } from "@repo/core-testing";
import { sharedDatabase } from "@repo/postgres-testing";
import pg from "pg";
import { afterEach, expect, it } from "vitest";
import { PgClient } from "./pg-client.js";
import type { PgClientOptions } from "./pg-options.js";
import type { NotifyListener } from "./sql-client.js";
import { TcpProxy } from "./tcp-proxy-under-test.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

/** A client behind a proxy, with time of its own, and another one straight to the server. */
async function throughProxy(options: PgClientOptions = {}) {
  const { connectionString } = await sharedDatabase();
  const url = new URL(connectionString);
  const proxy = await TcpProxy.start(Number(url.port));
  open.push(proxy);
  const direct = new PgClient({ connectionString });
  url.port = String(proxy.port);
  const clock = new FakeClock();
  const client = new PgClient({ connectionString: String(url), clock, ...options });
  open.push(direct, client);
  const notify = (payload: string) => direct.query("select pg_notify('news', $1)", [payload]);
  return { client, direct, clock, proxy, notify, received: new Received() };
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

it("notices within 20 s that the connection carries nothing more, reports the gap and receives again", async () => {
  const { client, clock, proxy, notify, received } = await throughProxy();
  await client.listen("news", received);
  proxy.silence();
  await notify("lost");
  clock.advance(10_000); // the heartbeat is sent
  clock.advance(5_000); // and not confirmed
  clock.advance(1_000); // the first pause
  await expect.poll(() => received.events).toEqual(["gap"]);
  await notify("after");
  await expect.poll(() => received.events).toEqual(["gap", "after"]);
  expect(proxy.accepted).toBe(2);
});

it.each(["tcp_keepalives_idle", 'listen "news"'])(
  "connects anew where the connection carries nothing more from %j on",
  async (text) => {
    const { client, clock, proxy, notify, received } = await throughProxy();
    proxy.silenceAt = text;
    const listening = client.listen("news", received);
    await expect.poll(() => proxy.silenceAt).toBeUndefined();
    clock.advance(5_000); // no reply
    await listening;
    await expect.poll(() => (clock.advance(1_000), received.events)).toEqual(["gap"]);
    await notify("after");
    await expect.poll(() => received.events).toEqual(["gap", "after"]);
  },
);

it("keeps a connection whose heartbeat is confirmed", async () => {
  const { client, clock, proxy, notify, received } = await throughProxy();
  await client.listen("news", received);
  for (let beat = 0; beat < 3; beat += 1) {
    clock.advance(10_000);
    await expect.poll(() => clock.waiting).toBe(1);
    await notify(String(beat));
    await expect.poll(() => received.events.at(-1)).toBe(String(beat)); // the reply came before it, on the same connection
  }
  expect(received.events).toEqual(["0", "1", "2"]);
  expect(proxy.accepted).toBe(1);
});

it("reports the gap on each channel after the server ended the connection", async () => {
  const { client, direct, clock, received } = await throughProxy();
  const other = new Received();
  await client.listen("news", received);
  await client.listen("other", other);
  await direct.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()",
  );
  await expect.poll(() => (clock.advance(1_000), received.events)).toEqual(["gap"]);
  expect(other.events).toEqual(["gap"]);
});

it("continues to try while the server is away, however long", async () => {
  const { client, clock, proxy, notify, received } = await throughProxy();
  await client.listen("news", received);
  const { port } = proxy;
  await proxy.close();
  for (let attempt = 0; attempt < 20; attempt += 1) await clock.advanceAsync(5_000);
  expect(received.events).toEqual([]);
  const again = await proxyAt(port, await serverPort());
  await expect.poll(() => (clock.advance(5_000), received.events)).toEqual(["gap"]);
  await notify("back");
  await expect.poll(() => received.events).toEqual(["gap", "back"]);
  expect(again.accepted).toBeGreaterThan(0);
});

it("resolves listen() while the server is away, and reports the gap later", async () => {
  const { client, clock, proxy, received } = await throughProxy();
  const { port } = proxy;
  await proxy.close();
  await client.listen("news", received);
  await proxyAt(port, await serverPort());
  await expect.poll(() => (clock.advance(5_000), received.events)).toEqual(["gap"]);
});

it("rejects listen() where another attempt is of no use", async () => {
  const { connectionString } = await sharedDatabase();
  const url = new URL(connectionString);
  url.pathname = "/no_such_database";
  const client = new PgClient({ connectionString: String(url) });
  open.push(client);
  await expect(client.listen("news", new Received())).rejects.toMatchObject({ code: "3D000", isUnavailable: false });
});

it("reports a listener that throws as a warning, and calls the others", async () => {
  const { client, notify, received } = await throughProxy();
  const warned = new Promise<Error>((resolve) => process.once("warning", resolve));
  const failure = new Error("a listener's own");
  await client.listen("news", {
    onNotify: () => {
      throw failure;
    },
    onGap: () => undefined,
  });
  await client.listen("news", received);
  await notify("one");
  await expect.poll(() => received.events).toEqual(["one"]);
  expect(await warned).toBe(failure);
});

it("calls onGap every pollMs where a pooler keeps no session", async () => {
  const { client, clock, proxy, received } = await throughProxy({ pooling: "transaction", pollMs: 50 });
  await client.listen("news", received);
  clock.advance(150);
  expect(received.events).toEqual(["gap", "gap", "gap"]);
  expect(await client.session()).toBeUndefined();
  expect(proxy.accepted).toBe(0);
});

async function serverPort(): Promise<number> {
  const { connectionString } = await sharedDatabase();
  return new pg.Client({ connectionString }).port;
}

async function proxyAt(port: number, target: number): Promise<TcpProxy> {
  const proxy = await TcpProxy.start(target, port);
  open.push(proxy);
  return proxy;
}
