import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeClock } from "@repo/core-testing";
import { afterEach, expect, it } from "vitest";
import { freshPgliteData } from "../testing/fresh-pglite.js";
import { PgliteClient, type PgliteClientOptions } from "./pglite-client.js";

const END: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of END.splice(0).toReversed()) await end();
});

async function opened(options: PgliteClientOptions = {}): Promise<PgliteClient> {
  const client = await PgliteClient.open({ loadDataDir: await freshPgliteData(), ...options });
  END.push(() => client.close());
  return client;
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fourgate-pglite-"));
  END.push(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "data");
}

const ENDLESS = "select count(*) from generate_series(1, 1000000000000)";
const LATE = { name: "SqlError", code: "57014", isUnavailable: true };

it("does not stop the event loop while a statement runs, and ends one that runs for too long", async () => {
  const clock = new FakeClock();
  const client = await opened({ clock, statementTimeoutMs: 1_000 });
  const endless = client.query(ENDLESS);
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  await expect.poll(() => turns).toBeGreaterThan(10);
  clearInterval(timer);
  clock.advance(1_000);
  await expect(endless).rejects.toMatchObject(LATE);
  expect(await client.query("select 1 as one")).toEqual([{ one: 1 }]);
});

it("keeps no more than some 20 MB of the database's pages in memory, where PGlite alone keeps 160", async () => {
  const client = await opened();
  const settings = "select setting::integer * 8 / 1024 as mb from pg_settings where name = 'shared_buffers'";
  expect(await client.query(settings)).toEqual([{ mb: expect.toSatisfy((mb: number) => mb <= 20) }]);
});

it("unpacks what a new database starts from where there is none, and no second time", async () => {
  const folder = await newFolder();
  let unpacked = 0;
  const loadDataDir = async () => {
    unpacked += 1;
    return freshPgliteData();
  };
  const first = await PgliteClient.open({ folder, loadDataDir });
  await first.query("create table kept (n int)");
  await first.close();
  const second = await opened({ folder, loadDataDir });
  expect(await second.query("select * from kept")).toEqual([]);
  expect(unpacked).toBe(1);
});

it("opens its folder again, with what was committed, and reports the gap", async () => {
  const clock = new FakeClock();
  const folder = await newFolder();
  const client = await opened({ clock, folder, statementTimeoutMs: 1_000 });
  const events: string[] = [];
  await client.listen("news", {
    onNotify: (payload) => void events.push(payload),
    onGap: () => void events.push("gap"),
  });
  await client.query("create table kept (n int)");
  await client.query("insert into kept values (1)");
  const transaction = client.transaction(async (connection) => {
    await connection.query("insert into kept values (2)");
    const endless = connection.query(ENDLESS);
    await expect.poll(() => clock.waiting).toBe(1);
    clock.advance(1_000);
    await endless;
  });
  await expect(transaction).rejects.toMatchObject({
    ...LATE,
    message: expect.stringContaining("opens its folder again"),
  });
  expect(await client.query("select n from kept")).toEqual([{ n: 1 }]);
  await client.query("select pg_notify('news', 'after')");
  await expect.poll(() => events).toEqual(["gap", "after"]);
});

it("reports that a database in memory lost its data, and prepares the empty one", async () => {
  const clock = new FakeClock();
  const prepare: PgliteClientOptions["prepare"] = (client) =>
    client.transaction((connection) => connection.execute("create table prepared (n int)"));
  const client = await opened({ clock, statementTimeoutMs: 1_000, prepare });
  await client.query("insert into prepared values (1)");
  const endless = client.query(ENDLESS);
  await expect.poll(() => clock.waiting).toBe(1);
  clock.advance(1_000);
  await expect(endless).rejects.toMatchObject({ ...LATE, message: expect.stringContaining("is lost") });
  expect(await client.query("select n from prepared")).toEqual([]);
});

it("keeps what a folder held for the next time", async () => {
  const folder = await newFolder();
  const first = await opened({ folder });
  await first.query("create table kept as select 1 as n");
  await first.close();
  const second = await opened({ folder });
  expect(await second.query("select n from kept")).toEqual([{ n: 1 }]);
});

it("makes the data again where the process ended before it was complete", async () => {
  const folder = await newFolder();
  await mkdir(join(folder, "postgres"), { recursive: true });
  await writeFile(join(folder, "postgres/PG_VERSION"), "half");
  const client = await opened({ folder });
  expect(await client.query("select 1 as one")).toEqual([{ one: 1 }]);
});

it("rejects where the folder cannot be used", async () => {
  await expect(PgliteClient.open({ folder: "/dev/null/data" })).rejects.toThrow(/\/dev\/null/);
});

it("refuses a folder that is in use, until it is closed, and takes over what a killed process left", async () => {
  const folder = await newFolder();
  await mkdir(folder);
  await writeFile(join(folder, "process.lock"), "999999999");
  const first = await opened({ folder });
  await expect(PgliteClient.open({ folder })).rejects.toThrow(`Process ${process.pid} uses the database in ${folder}`);
  await first.close();
  const second = await opened({ folder });
  expect(await second.query("select 1 as one")).toEqual([{ one: 1 }]);
});

it("runs other statements after a transaction, not in it", async () => {
  const client = await opened();
  await client.query("create table steps (step text)");
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const transaction = client.transaction(async (connection) => {
    await connection.query("insert into steps values ('first')");
    await held;
    throw new Error("rolled back");
  });
  const other = client.query("insert into steps values ('second')");
  release();
  await expect(transaction).rejects.toThrow("rolled back");
  await other;
  expect(await client.query("select step from steps")).toEqual([{ step: "second" }]);
});
