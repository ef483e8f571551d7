import type { SqlClient } from "../client/sql-client.js";
import type { CodeChannelNames } from "./code-channel-names.js";
import { outboxGate, type OutboxGateDeps, type UncheckedRow } from "./outbox-gate.js";

/** Rows that one step numbers at most. */
export const PAGE = 2_000;

export interface RelayStepDeps extends OutboxGateDeps {
  /** Of the same registry. */
  readonly codeNames: CodeChannelNames;
  /** Rows of this step at most; default `PAGE`. */
  readonly page?: number;
}

interface StepRow {
  readonly rows: number | null;
  readonly target: string;
  readonly unjudged: readonly UncheckedRow[] | null;
}

/** Numbers what was committed since the last step; returns how many rows there were, undefined where another relay has taken over. */
export async function relayStep(client: SqlClient, term: string, deps: RelayStepDeps): Promise<number | undefined> {
  const { page = PAGE } = deps;
  const first = await step(client, [term, page, null, null, deps.codeNames.regex]);
  if (!first.unjudged) return first.rows ?? undefined;
  const repeated = await step(client, [term, page, first.target, await gateResultsOf(first.unjudged, deps), null]);
  return repeated.rows ?? undefined;
}

/**
 * The same row by row, after a step has failed because of what one of its rows is: such a row is set aside in realtime.refused. Rejects,
 * and sets none aside, where none of the rows can be numbered.
 */
export async function relayRowByRow(client: SqlClient, term: string, deps: RelayStepDeps): Promise<number | undefined> {
  const [now] = await client.query<{ readonly target: string }>("select pg_current_snapshot()::text as target");
  const values = [term, ROW_BY_ROW, now?.target, null, deps.codeNames.regex];
  const first = await step(client, values).catch((): undefined => undefined); // it has failed before, and names the rows that gate 4 has to check, where there are any
  if (first && !first.unjudged) return first.rows ?? undefined;
  const results = await gateResultsOf(first?.unjudged ?? [], deps);
  const [each] = await client.query<{ readonly rows: number | null }>(
    "select * from realtime.relay_each($1, $2, $3, $4)",
    [term, ROW_BY_ROW, now?.target, results],
  );
  return each?.rows ?? undefined;
}

const ROW_BY_ROW = 1_000; // rows, each in a savepoint of its own

async function gateResultsOf(rows: readonly UncheckedRow[], deps: OutboxGateDeps): Promise<string> {
  const results = await Promise.all(rows.map(async (row) => [row.id, await outboxGate(row, deps)] as const));
  return JSON.stringify(Object.fromEntries(results));
}

async function step(client: SqlClient, values: readonly unknown[]): Promise<StepRow> {
  const [row] = await client.query<StepRow>("select * from realtime.relay_step($1, $2, $3, $4, $5)", values);
  if (!row) throw new TypeError("realtime.relay_step returned nothing. Run the migrations of this version.");
  return row;
}
