import type { Clock } from "@repo/core-realtime";
import type { SqlClient } from "./sql-client.js";

/** Which rows are deleted, and when. */
export interface PeriodicDeleteOptions {
  /** The database; the app opens and closes it. */
  readonly client: Pick<SqlClient, "query">;
  /** The time between two runs. */
  readonly clock: Clock;
  /** Schema and name, as written in SQL. */
  readonly table: string;
  /** A condition in SQL on rows that are not needed any more, and the column of an index that finds them. */
  readonly where: string;
  /** The column by which the oldest rows go first. */
  readonly orderBy: string;
  /** Milliseconds between two runs. */
  readonly everyMs: number;
  /** A run failed; the next one tries again. */
  readonly onError: (cause: unknown) => void;
}

const BATCH = 2_000; // rows; a short lock, and a short transaction

/** Deletes old rows in batches, beside other nodes that do the same. Returns the undo. */
export function deletePeriodically(options: PeriodicDeleteOptions): () => void {
  const { client, clock, table, where, orderBy, everyMs, onError } = options;
  const statement = `
    with gone as (
      delete from ${table} where ctid = any(array(
        select ctid from ${table} where ${where} order by ${orderBy} limit ${BATCH} for update skip locked
      )) returning 1
    )
    select count(*)::int as count from gone`;
  let cancel: () => void = () => undefined;
  let isStopped = false;
  const deleteAll = async () => {
    for (let count = BATCH; count === BATCH && !isStopped;)
      count = (await client.query<{ count: number }>(statement))[0]?.count ?? 0;
  };
  const plan = () => {
    if (!isStopped) cancel = clock.after(everyMs, () => void deleteAll().catch(onError).then(plan));
  };
  plan();
  return () => {
    isStopped = true;
    cancel();
  };
}
