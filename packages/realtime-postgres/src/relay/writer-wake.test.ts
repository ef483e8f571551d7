import { expect, it, onTestFinished } from "vitest";
import type { SqlClient } from "../client/sql-client.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { WriterWake } from "./writer-wake.js";

const INSERT = "insert into realtime.outbox (channel_name, event_name, payload) values ('one', 'e', '1')";
const LONG_MS = 600_000; // the test would time out before

const opened = async (client: SqlClient): Promise<WriterWake> => {
  const wake = await WriterWake.open(client);
  onTestFinished(() => wake.close());
  return wake;
};

onEachDatabase((name, open) => {
  it("wakes a sleeping relay by the insert", async () => {
    const { client } = await open();
    const wake = await opened(client);
    await wake.announceSleep();
    await expect.poll(() => wake.isCertain()).toBe(true);
    await client.query(INSERT);
    expect(await wake.wait(LONG_MS)).toBe(true);
  });

  if (name === "PGlite") return; // one session: no other transaction commits meanwhile, and every insert notifies

  it("lets writers notify only while the relay sleeps", async () => {
    const { client, newClient } = await open();
    const wake = await opened(client);
    const notified: string[] = [];
    const unlisten = await newClient().listen("realtime_wake", {
      onNotify: (payload) => void notified.push(payload),
      onGap: () => undefined,
    });
    onTestFinished(() => unlisten());
    await client.query(INSERT);
    await client.query("notify realtime_wake, 'awake'");
    await expect.poll(() => notified).toEqual(["awake"]);
    await wake.announceSleep();
    await client.query(INSERT);
    await expect.poll(() => notified).toEqual(["awake", ""]);
    await wake.announceWaking();
    await client.query(INSERT);
    await client.query("notify realtime_wake, 'awake again'");
    await expect.poll(() => notified).toEqual(["awake", "", "awake again"]);
  });

  it("is not certain to be woken until all transactions have ended that may have skipped it", async () => {
    const { client } = await open();
    const wake = await opened(client);
    await client.transaction(async (writer) => {
      await writer.query(INSERT); // saw the relay awake
      await wake.announceSleep();
      expect(await wake.isCertain()).toBe(false);
    });
    await expect.poll(() => wake.isCertain()).toBe(true); // other databases of the server have transactions too
  });

  it("polls where another session keeps the lock", async () => {
    const { client } = await open();
    const wake = await opened(client);
    const other = await client.session();
    await other?.query("select pg_advisory_lock(7023450002)");
    await wake.announceSleep();
    expect(await wake.isCertain()).toBe(false);
    await wake.announceWaking();
    await other?.close();
  });

  it("ends a wait when its session is lost", async () => {
    const { client } = await open();
    const wake = await opened(client);
    await wake.announceSleep();
    const waiting = expect(wake.wait(LONG_MS)).rejects.toThrow("The relay's session was closed.");
    await client.query(
      "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and mode = 'ShareLock' and database = (select oid from pg_database where datname = current_database())",
    );
    await waiting;
  });
});

it("opens where notifications cannot be requested, and rejects where its session does not reply", async () => {
  const never = new Promise<never>(() => undefined);
  const silent: SqlClient = {
    query: async <Row>() => [{ always: false }] as Row[], // what always_wakes() returns
    transaction: () => never,
    listen: () => never,
    session: async () => ({ query, execute: async () => undefined, closed: never, close: () => never }),
    close: async () => undefined,
  };
  let isSilent = false;
  const query = async <Row>() => (isSilent ? never : ([] as Row[]));
  const wake = await WriterWake.open(silent);
  isSilent = true;
  await expect(wake.announceSleep()).rejects.toMatchObject({ isUnavailable: true });
  await wake.close();
});
