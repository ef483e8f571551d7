import type { SqlClient, SqlRunner } from "./sql-client.js";
import { LOCK } from "./sql-task-repository.js";

/**
 * Copies cards, versions and replies from the database that a board once had for itself, in the schema `public`, into one that has never been
 * written to. Returns how many cards; undefined where there is a board already: it stays as it is, and `open` is not called.
 */
export async function carryOverBoard(to: SqlClient, open: () => Promise<SqlRunner>): Promise<number | undefined> {
  return to.transaction(async (tx) => {
    await tx.query(LOCK);
    const [version] = await tx.query<{ readonly isWritten: boolean }>(
      `select is_called as "isWritten" from board.task_version`,
    );
    if (version?.isWritten) return undefined;
    const old = await readOld(await open());
    if (!old) return 0; // closed before it had a table
    await tx.query(`insert into board.tasks select * from jsonb_populate_recordset(null::board.tasks, $1)`, [
      old.tasks,
    ]);
    await tx.query(
      `insert into board.task_mutations (user_id, mutation_id, reply, remembered_at)
       select user_id, mutation_id, reply, coalesce(remembered_at, extract(epoch from now()) * 1000)
       from jsonb_populate_recordset(null::board.task_mutations, $1) order by seq`,
      [old.mutations],
    );
    await tx.query(`select setval('board.task_version', $1, $2)`, [old.version, old.isWritten]);
    return old.count;
  });
}

interface OldBoard {
  /** Rows as JSON text. */
  readonly tasks: string;
  readonly mutations: string;
  readonly count: number;
  /** The highest that was given. */
  readonly version: number;
  readonly isWritten: boolean;
}

async function readOld(from: SqlRunner): Promise<OldBoard | undefined> {
  const [found] = await from.query<{ readonly isThere: boolean }>(
    `select to_regclass('public.task_mutations') is not null as "isThere"`,
  );
  if (!found?.isThere) return undefined;
  const [old] = await from.query<OldBoard>(
    `select (select coalesce(jsonb_agg(task), '[]')::text from public.tasks task) as tasks,
       (select coalesce(jsonb_agg(mutation), '[]')::text from public.task_mutations mutation) as mutations,
       (select count(*)::integer from public.tasks) as count,
       last_value::integer as version, is_called as "isWritten"
     from public.task_version`,
  );
  return old;
}
