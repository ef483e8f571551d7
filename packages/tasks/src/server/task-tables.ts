import type { SqlRunner } from "./sql-client.js";

// One statement each: a prepared statement holds no more. Ranks compare as strings do here, whatever the database's language.
const STATEMENTS = [
  `create sequence if not exists task_version as integer`,
  `create table if not exists tasks (
     id text primary key,
     title text not null,
     "column" text not null,
     rank text collate "C" not null,
     is_staff boolean not null,
     created_by text not null,
     version integer not null,
     updated_at double precision not null
   )`,
  `create table if not exists task_mutations (
     seq serial unique,
     user_id text not null,
     mutation_id text not null,
     reply jsonb not null,
     primary key (user_id, mutation_id)
   )`,
  // an older board has answers without a time: they are as old as this
  `alter table task_mutations add column if not exists
     remembered_at double precision not null default extract(epoch from now()) * 1000`,
  `create index if not exists task_mutations_by_age on task_mutations (remembered_at)`,
];

/** Makes the tables where they are missing. */
export async function prepareTaskTables(client: SqlRunner): Promise<void> {
  for (const statement of STATEMENTS) await client.query(statement);
}
