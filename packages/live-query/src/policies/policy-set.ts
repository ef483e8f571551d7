import { throwRoleFault } from "../sql/as-user.js";
import type { SqlClient } from "@repo/realtime-postgres";
import type { TableDescription } from "../table/table-catalog.js";
import { oidsOf } from "../table/watched-tables.js";
import { POLICY_SET } from "./policy-set-sql.js";

/** A table whose rows decide what a policy lets through. */
export interface PolicyDependency {
  /** Its oid, as text. */
  readonly table: string;
  /** The columns that are read; undefined: any. */
  readonly columns: readonly string[] | undefined;
}

/** What the SELECT policies of a table mean for one role. */
export interface PolicySet {
  /** The role is not subject to row-level security: it reads all rows. */
  readonly isBypassed: boolean;
  /** The condition on a row, as SQL that names the table by its own name. */
  readonly condition: string;
  /** The columns of the row that the condition reads. */
  readonly columns: readonly string[];
  readonly dependencies: readonly PolicyDependency[];
  /** Equal for all users of the role: neither claims nor settings are read. */
  readonly isSameForAll: boolean;
  /** Why a decision must not be remembered: functions that cannot be looked into, or that depend on the time. */
  readonly unknown: readonly string[];
}

interface PolicySetRow {
  readonly isBypassed: boolean;
  readonly policies: readonly { readonly permissive: boolean; readonly condition: string }[];
  readonly columns: readonly string[] | null;
  readonly dependencies: readonly { readonly table: string; readonly columns: readonly string[] | null }[];
  readonly isSameForAll: boolean;
  readonly unknown: readonly string[];
}

/** Reads the policies of a table from the catalogue. */
export async function readPolicySet(client: SqlClient, table: TableDescription, role: string): Promise<PolicySet> {
  const { live, columns: all } = table;
  const read = client.transaction(async (connection) => {
    await connection.query("select set_config('search_path', '', true)"); // names come out with their schemas
    return connection.query<{ readonly found: PolicySetRow }>(POLICY_SET, [table.oid, role]);
  });
  const [row] = await read.catch((cause: unknown) => throwRoleFault(cause, role));
  if (!row) throw new TypeError("The catalogue gave no policies."); // the statement has no FROM that could be empty
  const { found } = row;
  const declared = await oidsOf(client, live.dependsOn);
  return {
    isBypassed: found.isBypassed,
    condition: conditionOf(found.policies),
    columns: found.columns ?? [...all.keys()],
    dependencies: [
      ...found.dependencies.map(({ table: oid, columns }) => ({ table: oid, columns: columns ?? undefined })),
      ...declared.map((oid) => ({ table: oid, columns: undefined })),
    ],
    isSameForAll: found.isSameForAll,
    unknown: declared.length > 0 ? found.unknown.filter((name) => !name.endsWith(OPAQUE)) : found.unknown,
  };
}

const OPAQUE = " (its body cannot be read)";

/** One permissive policy at least, and every restrictive one. */
function conditionOf(policies: PolicySetRow["policies"]): string {
  const permissive = policies.filter((policy) => policy.permissive).map(({ condition }) => `(${condition})`);
  const restrictive = policies.filter((policy) => !policy.permissive).map(({ condition }) => `(${condition})`);
  if (permissive.length === 0) return "false";
  return [`(${permissive.join(" or ")})`, ...restrictive].join(" and ");
}
