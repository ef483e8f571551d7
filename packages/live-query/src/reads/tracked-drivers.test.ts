import { PGlite } from "@electric-sql/pglite";
import { PgliteClient, type SqlClient } from "@repo/realtime-postgres";
import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { drizzle as drizzlePg } from "drizzle-orm/node-postgres";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { eq, sql as drizzleSql } from "drizzle-orm";
import { integer, pgTable } from "drizzle-orm/pg-core";
import { CamelCasePlugin, Kysely, PostgresDialect, sql as kyselySql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { recordReads } from "./record-reads.js";
import { execute } from "./reads-under-test.js";
import { trackDrizzle } from "./track-drizzle.js";
import { trackKysely } from "./track-kysely.js";
import { trackPg } from "./track-pg.js";
import { trackPglite } from "./track-pglite.js";
import { trackSqlClient } from "./track-sql-client.js";

const SCHEMA = "create table one (id integer primary key, room_id integer); create table two (id integer)";

/** What a work reads, in a readable form. */
function readsWith(client: SqlClient): (work: () => Promise<unknown>) => Promise<readonly string[]> {
  return async (work) => {
    const { reads, unknown } = await recordReads(client, work);
    const rows = await client.query<{ readonly oid: string; readonly name: string }>(
      "select oid::text as oid, relname::text as name from pg_class where relname in ('one', 'two')",
    );
    const names = new Map(rows.map(({ oid, name }) => [oid, name]));
    const written = reads.map(
      ({ table, equals }) => `${names.get(table)}${equals ? `.${equals.column}=${String(equals.value)}` : ""}`,
    );
    return [...written, ...unknown].sort();
  };
}

onEachDatabase((name, open) => {
  it("records our own client, in transactions too", async () => {
    const { client } = await open({ isMigrated: false });
    await execute(client, SCHEMA);
    const db = trackSqlClient(client);
    const reads = readsWith(client);
    expect(await reads(() => db.query("select from one where id = $1", [1]))).toEqual(["one.id=1"]);
    expect(await reads(() => db.transaction((connection) => connection.query("select from two")))).toEqual(["two"]);
    expect(
      await reads(() => db.transaction((connection) => connection.execute("select from two; select from one"))),
    ).toEqual(["one", "two"]);
  });

  if (name === "PGlite") return;

  it("records a pool and a client of pg: texts, named statements, callbacks, transactions", async () => {
    const { reads, pool } = await openPool();
    const db = trackPg(pool);
    expect(await reads(() => db.query("select from one where id = $1", [1]))).toEqual(["one.id=1"]);
    expect(await reads(() => db.query({ name: "by-id", text: "select from one where id = $1", values: [2] }))).toEqual([
      "one.id=2",
    ]);
    expect(await reads(() => db.query({ name: "by-id", text: "select from one where id = $1" }, [3]))).toEqual([
      "one.id=3",
    ]);
    const inTransaction = await reads(async () => {
      const client = await db.connect();
      await client.query("begin");
      await client.query("select from one where id = $1", [4]);
      await client.query("commit");
      client.release();
    });
    expect(inTransaction).toEqual(["one.id=4"]);
    const withCallbacks = await reads(
      () =>
        new Promise<void>((resolve, reject) => {
          db.connect((error, client, done) => {
            if (error || !client) return reject(error);
            client.query("select from one where id = $1", [5], () => {
              db.query("select from two", () => {
                done();
                resolve();
              });
            });
          });
        }),
    );
    expect(withCallbacks).toEqual(["one.id=5", "two"]);
    expect(db instanceof pg.Pool).toBe(true);
    expect(db.totalCount).toBe(pool.totalCount);
  });

  it("records Kysely: builders, raw SQL, transactions, with the app's plugins", async () => {
    const { reads, pool } = await openPool();
    interface Tables {
      readonly one: { readonly id: number; readonly roomId: number };
      readonly two: { readonly id: number };
    }
    const db = trackKysely(
      new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] }),
    );
    expect(await reads(() => db.selectFrom("one").selectAll().where("roomId", "=", 7).execute())).toEqual([
      "one.room_id=7",
    ]);
    expect(await reads(() => kyselySql`select from two where id = ${8}`.execute(db))).toEqual(["two.id=8"]);
    const inTransaction = (): Promise<unknown> =>
      db
        .transaction()
        .execute((transaction) =>
          transaction
            .selectFrom("one")
            .innerJoin("two", "two.id", "one.id")
            .selectAll("one")
            .where("one.id", "=", 9)
            .execute(),
        );
    expect(await reads(inTransaction)).toEqual(["one.id=9", "two.id=9"]);
  });

  it("records Drizzle over pg: builders, prepared statements, transactions", async () => {
    const { reads, pool } = await openPool();
    await drizzleReads(reads, trackDrizzle(drizzlePg(pool)));
  });

  async function openPool() {
    const { client, connectionString } = await open({ isMigrated: false });
    await execute(client, SCHEMA);
    const pool = new pg.Pool({ connectionString, max: 2 });
    onTestFinished(() => pool.end());
    return { reads: readsWith(client), pool };
  }
});

let pglite: PGlite;
beforeAll(async () => {
  pglite = await PGlite.create();
  await pglite.exec(SCHEMA);
});
afterAll(() => pglite.close());

it("records PGlite: query, template, exec, transactions", async () => {
  const reads = readsWith(new PgliteClient(pglite));
  const db = trackPglite(pglite);
  expect(await reads(() => db.query("select from one where id = $1", [1]))).toEqual(["one.id=1"]);
  expect(await reads(() => db.sql`select from one where id = ${2}`)).toEqual(["one.id=2"]);
  expect(await reads(() => db.exec("select from one; select from two"))).toEqual(["one", "two"]);
  const inTransaction = await reads(() =>
    db.transaction(async (tx) => {
      await tx.query("select from one where id = $1", [3]);
      await tx.sql`select from two where id = ${4}`;
      await tx.exec("select 1");
    }),
  );
  expect(inTransaction).toEqual(["one.id=3", "two.id=4"]);
  expect(db.closed).toBe(false);
});

it("records Drizzle over PGlite: builders, prepared statements, transactions", async () => {
  await drizzleReads(readsWith(new PgliteClient(pglite)), trackDrizzle(drizzlePglite(pglite)));
});

it("refuses a Drizzle database that it cannot track", () => {
  expect(() => trackDrizzle({ session: {} })).toThrow("trackTableRead");
});

const one = pgTable("one", { id: integer("id"), roomId: integer("room_id") });
const two = pgTable("two", { id: integer("id") });

async function drizzleReads(
  reads: ReturnType<typeof readsWith>,
  db: ReturnType<typeof drizzlePg> | ReturnType<typeof drizzlePglite>,
): Promise<void> {
  const database = db as ReturnType<typeof drizzlePg>; // both have the same methods
  const prepared = database
    .select()
    .from(one)
    .where(eq(one.id, drizzleSql.placeholder("id")))
    .prepare("by_id");
  expect(await reads(() => database.select().from(one).where(eq(one.roomId, 7)))).toEqual(["one.room_id=7"]);
  expect(await reads(() => prepared.execute({ id: 8 }))).toEqual(["one.id=8"]);
  expect(await reads(() => database.transaction((tx) => tx.select().from(two).where(eq(two.id, 9))))).toEqual([
    "two.id=9",
  ]);
}
