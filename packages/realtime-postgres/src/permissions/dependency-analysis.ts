import type { SqlClient } from "../client/sql-client.js";
import { growsWithRows, patternOf } from "./policy-condition.js";

/** A table that a SELECT policy on realtime.channels reads; see migrations/0004_dependencies.sql. */
interface PolicyTable {
  readonly condition: string | null;
  /** Its oid. */
  readonly table: string;
  readonly columns: readonly string[] | null;
  readonly isDirect: boolean;
}

interface Dependency {
  /** Its oid. */
  readonly table: string;
  readonly pattern: string;
  readonly columns: readonly string[] | null;
  readonly isOnInsert: boolean;
}

/** Finds the tables that SELECT policies read and puts triggers on them, where the policies have changed since this was last done. Rejects with a `TypeError` that names what to do where a policy cannot work. */
export async function analysePermissions(client: Pick<SqlClient, "query">): Promise<void> {
  const [now] = await client.query<{ readonly version: string; readonly isKnown: boolean }>(
    `select v.version, v.version = s.version as "isKnown"
     from realtime.permission_state s, realtime.permissions_version() as v (version)`,
  );
  if (!now || now.isKnown) return;
  const tables = await client.query<PolicyTable>(
    `select condition, table_name::oid::text as table, columns, is_direct as "isDirect" from realtime.policy_tables()`,
  );
  await client.query("select realtime.set_dependencies($1, $2::text::jsonb)", [
    now.version,
    JSON.stringify(dependenciesOf(tables)),
  ]);
  const [owner] = await client.query<{ readonly problem: string | null }>(
    "select realtime.policy_on_owner() as problem",
  );
  if (owner?.problem) throw new TypeError(owner.problem);
}

/** One per table and pattern: several policies on one pattern are joined. */
function dependenciesOf(tables: readonly PolicyTable[]): readonly Dependency[] {
  const found = new Map<string, Dependency>();
  for (const { condition, table, columns, isDirect } of tables) {
    const pattern = patternOf(condition ?? "");
    const isOnInsert = !isDirect || !growsWithRows(condition ?? "");
    const key = JSON.stringify([table, pattern]);
    const known = found.get(key);
    found.set(key, {
      table,
      pattern,
      columns: known ? joined(known.columns, columns) : columns,
      isOnInsert: isOnInsert || (known?.isOnInsert ?? false),
    });
  }
  return [...found.values()];
}

function joined(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  return a && b ? [...new Set([...a, ...b])] : null;
}
