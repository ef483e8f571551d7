import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freshDatabase } from "./fresh-database.js";

let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create({ loadDataDir: await freshDatabase() });
}, 60_000);
afterAll(() => database.close());

it("is of the version of PGlite that is installed; where not, run `pnpm --filter web-next dump-database`", async () => {
  const { rows } = await database.query<{ readonly runs: string; readonly made: string }>(
    `select version() as runs, shobj_description(oid, 'pg_database') as made from pg_database where datname = 'postgres'`,
  );
  expect(rows[0]?.made).toMatch(/PGlite/);
  expect(rows[0]?.made).toBe(rows[0]?.runs);
});

it("holds no table of anybody's", async () => {
  const { rows } = await database.query(`select 1 from pg_tables where schemaname = 'public'`);
  expect(rows).toEqual([]);
});
