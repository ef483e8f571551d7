import type { SqlClient } from "../client/sql-client.js";
import type { CodeChannelNames } from "./code-channel-names.js";
import { outboxGate, type OutboxGateDeps, type UnjudgedRow } from "./outbox-gate.js";

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
  readonly unjudged: readonly UnjudgedRow[] | null;
}

/** Numbers what was committed since the last step; returns how many rows there were, undefined where another relay has taken over. */
export async function relayStep(client: SqlClient, term: string, deps: RelayStepDeps): Promise<number | undefined> {
  const { page = PAGE } = deps;
  const first = await step(client, [term, page, null, null, deps.codeNames.regex]);
  if (!first.unjudged) return first.rows ?? undefined;
  const verdicts = await Promise.all(first.unjudged.map(async (row) => [row.id, await outboxGate(row, deps)] as const));
  const byId = JSON.stringify(Object.fromEntries(verdicts));
  const judged = await step(client, [term, page, first.target, byId, null]);
  return judged.rows ?? undefined;
}

async function step(client: SqlClient, values: readonly unknown[]): Promise<StepRow> {
  const [row] = await client.query<StepRow>("select * from realtime.relay_step($1, $2, $3, $4, $5)", values);
  if (!row) throw new TypeError("realtime.relay_step returned nothing. Run the migrations of this version.");
  return row;
}
