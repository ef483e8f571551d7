import type { SqlClient } from "../client/sql-client.js";
import { outboxGate, type OutboxGateDeps, type UnjudgedRow } from "./outbox-gate.js";

/** Rows that one step numbers at most. */
export const PAGE = 2_000;

interface StepRow {
  readonly rows: number | null;
  readonly target: string;
  readonly unjudged: readonly UnjudgedRow[] | null;
}

/** Numbers what was committed since the last step; returns how many rows there were, undefined where another relay has taken over. */
export async function relayStep(client: SqlClient, term: string, deps: OutboxGateDeps): Promise<number | undefined> {
  const first = await step(client, [term, PAGE, null, null]);
  if (!first.unjudged) return first.rows ?? undefined;
  const verdicts = await Promise.all(first.unjudged.map(async (row) => [row.id, await outboxGate(row, deps)] as const));
  const judged = await step(client, [term, PAGE, first.target, JSON.stringify(Object.fromEntries(verdicts))]);
  return judged.rows ?? undefined;
}

async function step(client: SqlClient, values: readonly unknown[]): Promise<StepRow> {
  const [row] = await client.query<StepRow>("select * from realtime.relay_step($1, $2, $3, $4)", values);
  if (!row) throw new TypeError("realtime.relay_step returned nothing. Run the migrations of this version.");
  return row;
}
