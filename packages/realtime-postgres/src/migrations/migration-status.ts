import type { SqlClient, SqlConnection } from "../client/sql-client.js";
import { packagedMigrations, type Migration } from "./migration.js";

/** Where one migration stands in a database. */
export type MigrationState =
  | { readonly name: string; readonly state: "pending" }
  | { readonly name: string; readonly state: "applied"; readonly appliedAt: Date }
  /** The file is not the one that was applied. */
  | { readonly name: string; readonly state: "changed"; readonly appliedAt: Date }
  /** Applied, and not known to this version of the code. */
  | { readonly name: string; readonly state: "unknown"; readonly appliedAt: Date };

/** Where every migration stands, in order; changes nothing. */
export async function migrationStatus(client: SqlClient): Promise<readonly MigrationState[]> {
  return statusOf(client, await packagedMigrations());
}

export async function statusOf(
  connection: Pick<SqlConnection, "query">,
  migrations: readonly Migration[],
): Promise<readonly MigrationState[]> {
  const applied = new Map((await appliedMigrations(connection)).map((row) => [row.name, row]));
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied.values()].filter(({ name }) => !known.has(name));
  const states = [
    ...migrations.map((migration) => stateOf(migration, applied.get(migration.name))),
    ...unknown.map(({ name, applied_at }) => ({ name, state: "unknown", appliedAt: applied_at }) as const),
  ];
  return states.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** Throws where this code must not touch the database: it is newer, or was made from other files. */
export function refuseMismatch(states: readonly MigrationState[], migrations: readonly Migration[]): void {
  const changed = states.find(({ state }) => state === "changed");
  if (changed)
    throw new TypeError(
      `Refused to migrate: ${changed.name} was changed after it was applied. Restore the file; put changes into a new migration.`,
    );
  const unknown = states.filter(({ state }) => state === "unknown").map(({ name }) => name);
  if (unknown.length > 0)
    throw new TypeError(
      `Refused to migrate: the database is newer than this code. It has ${unknown.join(", ")}; this code has migrations up to ${migrations.at(-1)?.name}. Run a newer version of @repo/realtime-postgres.`,
    );
}

function stateOf({ name, checksum }: Migration, row: AppliedMigration | undefined): MigrationState {
  if (!row) return { name, state: "pending" };
  return { name, state: row.checksum === checksum ? "applied" : "changed", appliedAt: row.applied_at };
}

interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly applied_at: Date;
}

/** Looks into the catalogue: `to_regclass` may remember that there was nothing when another node has just made it. */
async function appliedMigrations(connection: Pick<SqlConnection, "query">): Promise<readonly AppliedMigration[]> {
  const [row] = await connection.query<{ exists: boolean }>(
    `select exists (
      select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'realtime' and c.relname = 'migrations'
    ) as exists`,
  );
  if (!row?.exists) return [];
  return connection.query("select name, checksum, applied_at from realtime.migrations order by name");
}
