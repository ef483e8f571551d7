import type { Clock } from "@repo/core-realtime";
import type { SqlClient } from "../client/sql-client.js";

const EVERY_MS = 5_000;
const BATCH = 2_000; // rows; a short lock, and a short transaction

const DELETE = `
  with gone as (
    delete from realtime.bus where ctid = any(array(
      select ctid from realtime.bus where created_at < clock_timestamp() - interval '30 seconds'
      order by created_at limit ${BATCH} for update skip locked
    )) returning 1
  )
  select count(*)::int as count from gone`;

/** Deletes what is older than 30 s: a node that has not read it by then has isolated itself long ago. Returns the undo. */
export function cleanBus(
  client: Pick<SqlClient, "query">,
  clock: Clock,
  onError: (cause: unknown) => void,
): () => void {
  let cancel: () => void = () => undefined;
  let isStopped = false;
  const clean = async () => {
    for (let count = BATCH; count === BATCH && !isStopped;)
      count = (await client.query<{ count: number }>(DELETE))[0]?.count ?? 0;
  };
  const plan = () => {
    if (!isStopped) cancel = clock.after(EVERY_MS, () => void clean().catch(onError).then(plan));
  };
  plan();
  return () => {
    isStopped = true;
    cancel();
  };
}
