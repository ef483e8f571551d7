import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { SqlClient } from "../client/sql-client.js";

const FOLDER = new URL("../../migrations/", import.meta.url);

/** Brings a database to the state that this version of the code needs; does nothing where it is there already. */
export async function migrate(client: SqlClient): Promise<void> {
  await client.transaction(async (connection) => {
    await connection.query("select pg_advisory_xact_lock(7023450001)");
    await connection.execute(
      "create schema if not exists realtime; create table if not exists realtime.migrations (name text primary key, applied_at timestamptz not null default now())",
    );
    const applied = await connection.query<{ name: string }>("select name from realtime.migrations");
    const known = new Set(applied.map(({ name }) => name));
    for (const name of await migrationNames()) {
      if (known.has(name)) continue;
      await connection.execute(await readFile(fileURLToPath(new URL(name, FOLDER)), "utf8"));
      await connection.query("insert into realtime.migrations (name) values ($1)", [name]);
    }
  });
}

async function migrationNames(): Promise<readonly string[]> {
  return (await readdir(fileURLToPath(FOLDER))).filter((name) => name.endsWith(".sql")).toSorted();
}
