import type { ClientIdentity, RowImage, SqlConnection } from "@repo/realtime-postgres";
import type { RowVisibility } from "../policies/row-visibility.js";
import { comparisonsOf, type BoundComparison, type BoundCondition } from "../query/bound-condition.js";
import { canonicalValues, type CanonicalValues, type RunAsRole } from "../query/canonical-values.js";
import type { ReadSet, TableRead } from "../reads/read-set.js";
import type { Row } from "../query/query-node.js";
import type { QueryPlan } from "../query/query-plan.js";
import { keptColumns, querySql, type Statement } from "../sql/query-sql.js";
import { predicateOf, type Predicate } from "./predicate.js";
import { rowOrderOf } from "./row-order.js";
import type { TableState } from "./table-state.js";
import type { WindowShape } from "./window-rows.js";

/** The users who share a window: those for whom the policies give the same rows. */
export type Sharing = "private" | "same for all" | "pinned";

/** How the result of a query is kept. */
export interface WindowPlan {
  /** Runs the query, as the user whose rights the connection has. */
  readonly read: (connection: SqlConnection) => Promise<readonly RowImage[]>;
  readonly shape: WindowShape;
  /** The columns that identify rows for clients; none: nothing does. */
  readonly key: readonly string[];
  /** See `QueryPlan.isBounded`. */
  readonly isBounded: boolean;
  /** The table, where the query is on one; its policies decide over changed rows. */
  readonly state: TableState | undefined;
  /** What is read, where the query is run again when that changes. */
  readonly reads: ReadSet;
  readonly sharing: Sharing;
  /** Undefined: the query is run again when something that it reads has changed. */
  readonly incremental: Incremental | undefined;
  /** Where the window is pinned: a row with the values that the query pins. A user who may see it may see all rows of the result. */
  readonly pins: RowImage;
}

/** What decides whether a changed row belongs to the result. */
export interface Incremental {
  readonly predicate: Predicate;
  /** A column that has one of these values in every row of the result. */
  readonly equality: { readonly column: string; readonly values: readonly unknown[] } | undefined;
}

const MAX_AHEAD = 20; // deletions that a full window takes without a query

/** A table, with the policies of the user's role. */
export interface TableForRole {
  readonly state: TableState;
  readonly visibility: RowVisibility;
}

/** Decides how a query is kept. Rejects with a `QueryRefusal` where a value does not fit. */
export async function planWindow(
  run: RunAsRole,
  plan: QueryPlan,
  { state, visibility }: TableForRole,
): Promise<WindowPlan> {
  const comparisons = comparisonsOf(plan.where);
  const values = await canonicalValues(run, comparisons);
  const pinned = pinsOf(plan.where, values);
  const { isSameForAll, isBypassed, columns, unknown } = visibility.policies;
  const isDecidable = isBypassed || unknown.length === 0;
  const isPinned = isDecidable && !plan.isCount && columns.every((name) => pinned.has(name)); // a count of no rows is a row
  const ahead = Math.max(1, Math.min(plan.limit, MAX_AHEAD));
  const shape = shapeOf(plan, ahead);
  const hasImages = !plan.table.isKeyDeferrable && !usesComputed(plan, columns);
  const incremental = isDecidable && hasImages && shape.compare ? incrementalOf(plan, values) : undefined;
  return {
    read: reader(querySql(plan, ahead + 1)),
    shape,
    key: plan.isCount ? [] : plan.table.key,
    isBounded: plan.isBounded && !plan.isCount,
    state,
    reads: incremental ? [] : [readOf(plan, values)],
    sharing: isSameForAll || isBypassed ? "same for all" : isPinned ? "pinned" : "private",
    incremental,
    pins: Object.fromEntries(columns.map((name) => [name, pinned.get(name) ?? null])),
  };
}

function reader({ sql, values }: Statement): WindowPlan["read"] {
  return async (connection) => {
    const rows = await connection.query<{ readonly image: RowImage }>(sql, values);
    return rows.map(({ image }) => image);
  };
}

/** Row images lack the columns that are generated when they are read. */
function usesComputed({ table, where, ...plan }: QueryPlan, policyColumns: readonly string[]): boolean {
  const compared = columnsOf(where);
  return [...keptColumns(plan), ...compared, ...policyColumns].some((name) => table.columns.get(name)?.isComputed);
}

function columnsOf(where: BoundCondition | undefined): readonly string[] {
  if (!where) return [];
  if ("and" in where) return where.and.flatMap(columnsOf);
  if ("or" in where) return where.or.flatMap(columnsOf);
  return "not" in where ? columnsOf(where.not) : [where.column.name];
}

function shapeOf(
  { table, columns, orderBy, limit, isCount, offset, distinctOn }: QueryPlan,
  ahead: number,
): WindowShape {
  const isPlain = !isCount && offset === 0 && distinctOn.length === 0;
  return {
    compare: isPlain ? rowOrderOf(orderBy) : undefined,
    keyOf: isCount ? () => "" : keyOf(table.key),
    rowOf: isCount ? (image) => image : (image) => projected(image, columns),
    limit,
    ahead,
  };
}

/** The key of a row as text, from its primary key. */
export function keyOf(key: readonly string[]): (image: RowImage) => string {
  const [first = ""] = key;
  if (key.length === 1) return (image) => String(image[first]);
  return (image) => JSON.stringify(key.map((name) => image[name]));
}

function projected(image: RowImage, columns: readonly string[]): Row {
  const row: Record<string, unknown> = {};
  for (const name of columns) row[name] = image[name] ?? null;
  return row;
}

function incrementalOf({ where }: QueryPlan, values: CanonicalValues): Incremental | undefined {
  const predicate = where ? predicateOf(where, values) : () => true;
  return predicate && { predicate, equality: equalityOf(where, values) };
}

function readOf({ table, where }: QueryPlan, values: CanonicalValues): TableRead {
  const equality = equalityOf(where, values);
  const [value, ...others] = equality?.values ?? [];
  return { table: table.oid, equals: equality && others.length === 0 ? { column: equality.column, value } : undefined };
}

/** The conditions that hold for every row of the result. */
function conjunctsOf(where: BoundCondition | undefined): readonly BoundCondition[] {
  if (!where) return [];
  return "and" in where ? where.and.flatMap(conjunctsOf) : [where];
}

function equalityOf(where: BoundCondition | undefined, values: CanonicalValues): Incremental["equality"] {
  const comparisons = conjunctsOf(where).filter((each): each is BoundComparison => "texts" in each && hasOneText(each));
  const found =
    comparisons.find(({ operator }) => operator === "=") ?? comparisons.find(({ operator }) => operator === "in");
  return found && { column: found.column.name, values: values.get(found) ?? [] };
}

/** Equal values of the column are equal as JSON; 1.5 and 1.50 are not. */
function hasOneText({ column }: BoundComparison): boolean {
  return column.kind !== "decimal" && column.kind !== "other";
}

function pinsOf(where: BoundCondition | undefined, values: CanonicalValues): ReadonlyMap<string, unknown> {
  const pins = new Map<string, unknown>();
  for (const each of conjunctsOf(where))
    if ("texts" in each && each.operator === "=" && hasOneText(each)) pins.set(each.column.name, values.get(each)?.[0]);
  return pins;
}

/** The window of a query that a user has. */
export function windowKey(text: string, { sharing }: WindowPlan, { role, subject, claims }: ClientIdentity): string {
  return sharing === "private" ? `${text}\n${role}\n${subject}\n${claims}` : `${text}\n${role}`;
}
