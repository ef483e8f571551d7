import { expect, it } from "vitest";
import pg from "pg";
import { PgClient } from "../client/pg-client.js";
import { onEachDatabase } from "../testing/test-databases.js";
import { applyMigrations, migrate, scriptOf } from "./migrate.js";
import { migrationOf, packagedMigrations } from "./migration.js";
import { migrationStatus, statusOf } from "./migration-status.js";

const FIRST = migrationOf("0001_first.sql", "create table realtime.first (n int);");
const SECOND = migrationOf("0002_second.sql", "create table realtime.second (n int);");
const TABLES = `select relname as name from pg_class
  where relnamespace = to_regnamespace('realtime') and relkind = 'r' order by relname`;

onEachDatabase((name, open) => {
  const openEmpty = () => open({ isMigrated: false });

  it("makes every table once, and reports each migration as applied", async () => {
    const { client } = await openEmpty();
    expect((await migrationStatus(client)).map(({ state }) => state)).toContain("pending");
    await migrate(client);
    const before = await client.query("select * from realtime.migrations order by name");
    await migrate(client);
    expect(await client.query("select * from realtime.migrations order by name")).toEqual(before);
    expect(new Set((await migrationStatus(client)).map(({ state }) => state))).toEqual(new Set(["applied"]));
  });

  it("leaves functions of the schema auth as they are, and lets policies use them", async () => {
    const { client } = await openEmpty();
    await client.transaction((connection) =>
      connection.execute(`create schema auth;
        create function auth.uid() returns uuid language sql stable
          return '00000000-0000-4000-8000-00000000000a'::uuid`),
    );
    await migrate(client);
    const functions = "select auth.uid()::text as uid, auth.role() as role, auth.jwt() as jwt";
    expect(await client.query(functions)).toEqual([
      { uid: "00000000-0000-4000-8000-00000000000a", role: null, jwt: null },
    ]);
  });

  it("applies what is missing, in the order of names", async () => {
    const { client } = await openEmpty();
    await applyMigrations(client, [FIRST]);
    await applyMigrations(client, [FIRST, SECOND]);
    expect(await client.query(TABLES)).toEqual([{ name: "first" }, { name: "migrations" }, { name: "second" }]);
  });

  it("changes nothing when one of them fails, and names it", async () => {
    const { client } = await openEmpty();
    const broken = migrationOf("0003_broken.sql", "create table realtime.third (n nothing);");
    const failing = applyMigrations(client, [FIRST, SECOND, broken]);
    await expect(failing).rejects.toMatchObject({ code: "42704", message: expect.stringContaining("0003_broken.sql") });
    expect(await client.query(TABLES)).toEqual([]);
  });

  it("refuses a file that was changed after it was applied, by name", async () => {
    const { client } = await openEmpty();
    await applyMigrations(client, [FIRST]);
    const changed = migrationOf(FIRST.name, `${FIRST.sql} -- changed`);
    await expect(applyMigrations(client, [changed, SECOND])).rejects.toThrow(
      /0001_first\.sql was changed after it was applied/,
    );
    expect(await statusOf(client, [changed])).toMatchObject([{ name: FIRST.name, state: "changed" }]);
    expect(await client.query(TABLES)).toEqual([{ name: "first" }, { name: "migrations" }]);
  });

  it("refuses a database that is newer than the code, and names both versions", async () => {
    const { client } = await openEmpty();
    await applyMigrations(client, [FIRST, SECOND]);
    const failing = applyMigrations(client, [FIRST]);
    await expect(failing).rejects.toThrow(/newer than this code.*0002_second\.sql.*up to 0001_first\.sql/);
  });

  it("gives a script by hand that does the same", async () => {
    const { client } = await openEmpty();
    const migrations = await packagedMigrations();
    await client.transaction((connection) =>
      connection.execute(scriptOf(migrations).replace(/^begin;|commit;\s*$/g, "")),
    );
    expect(new Set((await migrationStatus(client)).map(({ state }) => state))).toEqual(new Set(["applied"]));
    await migrate(client);
  });

  if (name === "PGlite") return;

  it("migrates once when eight nodes start at the same time", async () => {
    const { newClient } = await openEmpty();
    const nodes = Array.from({ length: 8 }, () => newClient());
    await Promise.all(nodes.map((node) => migrate(node)));
    const [row] = await newClient().query<{ count: number }>("select count(*)::int as count from realtime.migrations");
    expect(row?.count).toBe((await packagedMigrations()).length);
  });

  it("runs as an ordinary role that can create schemas and nothing else", async () => {
    const database = await openEmpty();
    const client = await asRole(database.superuserConnectionString, "grant create on database %I to %I");
    await migrate(client);
    await client.close();
  });

  it("names what to grant to a role that may not create schemas, and lets it start an app on a migrated database", async () => {
    const database = await openEmpty();
    const client = await asRole(database.superuserConnectionString, "grant connect on database %I to %I");
    await expect(migrate(client)).rejects.toThrow(/grant create on database/);
    await migrate(database.client);
    await database.client.query("grant usage on schema realtime to public");
    await database.client.query("grant select on realtime.migrations to public");
    await migrate(client);
    await client.close();
  });
});

/** A client of a new role without any right of its own but `grant`. */
async function asRole(superuserConnectionString = "", grant: string): Promise<PgClient> {
  const url = new URL(superuserConnectionString);
  const role = `role_${Math.random().toString(36).slice(2, 10)}`;
  const superuser = new pg.Client({ connectionString: superuserConnectionString });
  await superuser.connect();
  await superuser.query(`create role ${role} login`);
  await superuser.query(grant.replace("%I", url.pathname.slice(1)).replace("%I", role));
  await superuser.end();
  url.username = role;
  return new PgClient({ connectionString: String(url) });
}
