import type { SqlClient, SqlRunner } from "./sql-client.js";

/** Brings the schema `board` to the state that this version of the code needs; nodes that start at the same time wait for the first one. */
export async function migrateBoard(client: SqlClient): Promise<void> {
  if (await isCurrent(client)) return; // a role that may not create anything can start an app
  await client.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('board.migrations', 0))`);
    await tx.query(`create schema if not exists board`);
    await tx.query(
      `create table if not exists board.migrations (version integer primary key, applied_at timestamptz not null default now())`,
    );
    const applied = await appliedVersion(tx);
    for (const [index, statements] of MIGRATIONS.entries()) {
      if (index < applied) continue;
      for (const statement of statements) await tx.query(statement);
      await tx.query(`insert into board.migrations (version) values ($1)`, [index + 1]);
    }
  });
}

async function isCurrent(client: SqlRunner): Promise<boolean> {
  const [found] = await client.query<{ readonly isThere: boolean }>(
    `select to_regclass('board.migrations') is not null as "isThere"`,
  );
  if (!found?.isThere) return false;
  const applied = await appliedVersion(client);
  if (applied > MIGRATIONS.length)
    throw new TypeError(
      `The schema board is of version ${applied}, and this code knows versions up to ${MIGRATIONS.length}. Start the newer code.`,
    );
  return applied === MIGRATIONS.length;
}

async function appliedVersion(client: SqlRunner): Promise<number> {
  const [row] = await client.query<{ readonly version: number }>(
    `select coalesce(max(version), 0) as version from board.migrations`,
  );
  return row?.version ?? 0;
}

// Version 1 first; what has been released is never changed. One statement each: a prepared statement holds no more.
// Ranks compare as strings do here, whatever the database's language.
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `create sequence board.task_version as integer`,
    `create table board.tasks (
       id text primary key,
       title text not null,
       "column" text not null,
       rank text collate "C" not null,
       is_staff boolean not null,
       created_by text not null,
       version integer not null,
       updated_at double precision not null
     )`,
    `create table board.task_mutations (
       seq serial unique,
       user_id text not null,
       mutation_id text not null,
       reply jsonb not null,
       remembered_at double precision not null,
       primary key (user_id, mutation_id)
     )`,
    `create index task_mutations_by_age on board.task_mutations (remembered_at)`,
  ],
];
