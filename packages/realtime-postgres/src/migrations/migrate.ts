import { SqlError, type SqlClient, type SqlConnection } from "../client/sql-client.js";
import { packagedMigrations, type Migration } from "./migration.js";
import { refuseMismatch, statusOf } from "./migration-status.js";

/**
 * Brings a database to the state that this version of the code needs; does nothing where it is there already. All in one transaction;
 * nodes that start at the same time wait for the first one. Needs a role that may create schemas in the database, and owns ours.
 */
export async function migrate(client: SqlClient): Promise<void> {
  await applyMigrations(client, await packagedMigrations());
}

export async function applyMigrations(client: SqlClient, migrations: readonly Migration[]): Promise<void> {
  if ((await pending(client, migrations)).length === 0) return; // a role that may not create anything can start an app
  await client
    .transaction(async (connection) => {
      await connection.execute(LOCK);
      const missing = await pending(connection, migrations);
      if (missing.length === 0) return; // another node was first
      await connection.execute(await openingOf(connection));
      for (const migration of missing) await apply(connection, migration);
    })
    .catch(explain);
}

/** The script for a database that has none of `migrations` yet, for people who apply it by hand. */
export function scriptOf(migrations: readonly Migration[]): string {
  const steps = migrations.map(
    ({ name, sql, checksum }) =>
      `-- ${name}\n${sql.trim()}\ninsert into realtime.migrations (name, checksum) values ('${name}', '${checksum}');\n`,
  );
  return [`begin;\n${LOCK}${SCHEMA}${TABLE}`, ...steps, "commit;\n"].join("\n");
}

const SCHEMA = "create schema if not exists realtime;\n";
const TABLE =
  "create table if not exists realtime.migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now());\n";

/** Every name of ours is written with its schema, and no other schema can stand in for Postgres's own. The wait for another node's migration may be longer than the wait for a table that is in use. */
const LOCK = `set local search_path = pg_catalog, pg_temp;
set local statement_timeout = 0;
set local lock_timeout = '120s';
select pg_advisory_xact_lock(7023450001);
set local lock_timeout = '10s';
`;

async function pending(
  connection: Pick<SqlConnection, "query">,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  const states = await statusOf(connection, migrations);
  refuseMismatch(states, migrations);
  const names = new Set(states.filter(({ state }) => state === "pending").map(({ name }) => name));
  return migrations.filter(({ name }) => names.has(name));
}

/** Without the schema where it is there: `if not exists` requires the right to create it all the same. */
async function openingOf(connection: SqlConnection): Promise<string> {
  const [row] = await connection.query<{ exists: boolean }>(
    "select exists (select from pg_catalog.pg_namespace where nspname = 'realtime') as exists",
  );
  return row?.exists ? TABLE : SCHEMA + TABLE;
}

async function apply(connection: SqlConnection, { name, sql, checksum }: Migration): Promise<void> {
  await connection.execute(sql).catch((cause: unknown) => {
    if (!(cause instanceof SqlError)) throw cause;
    throw new SqlError(`${name} was not applied: ${cause.message}`, {
      code: cause.code,
      isUnavailable: cause.isUnavailable,
      cause,
    });
  });
  await connection.query("insert into realtime.migrations (name, checksum) values ($1, $2)", [name, checksum]);
}

function explain(error: unknown): never {
  const advice = error instanceof SqlError && error.code !== undefined ? ADVICE[error.code] : undefined;
  if (!advice || !(error instanceof SqlError)) throw error;
  throw new SqlError(`${error.message}. ${advice}`, {
    code: error.code,
    isUnavailable: error.isUnavailable,
    cause: error,
  });
}

const ADVICE: Readonly<Record<string, string>> = {
  "42501":
    "Migrate as the role that owns the schema realtime, or that may create schemas: grant create on database <name> to <role>",
  "55P03": "Another transaction holds what the migration needs. Nothing was changed; run it again when that has ended",
};
