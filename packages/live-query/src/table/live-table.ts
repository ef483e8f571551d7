import { isSchema, type RealtimeUser, type Schema } from "@repo/core-realtime";

/** What a table exposes; everything else about it stays hidden. */
export interface LiveTableOptions {
  /** The columns that clients may read, and compare with. */
  readonly columns: readonly string[];
  /** The columns that clients may write; default none. */
  readonly writable?: readonly string[] | undefined;
  /** Rows that one result may have; default 1 000. */
  readonly maxRows?: number | undefined;
  /** Narrows, beside row-level security; `false` refuses every query and change of this user. */
  readonly authorize?: ((user: RealtimeUser | null) => boolean) | undefined;
  /** Reads what clients write, after the writable columns were checked: every new row, and the changed columns of an update. */
  readonly schema?: { readonly create?: Schema | undefined; readonly update?: Schema | undefined } | undefined;
  /** A column that counts the changes of a row, for `expect: { version }`; raised by one with each update. */
  readonly version?: string | undefined;
  /** Tables that the policies read where Postgres cannot see it: in functions without BEGIN ATOMIC. */
  readonly dependsOn?: readonly string[] | undefined;
}

/** A table that clients may query. Made by `defineLiveTable`. */
export interface LiveTable {
  /** As the database has it, such as `"annotations"`, `"Annotation"` or `"app.annotations"`; also its name for clients. */
  readonly name: string;
  /** The columns that clients may read, and compare with. */
  readonly columns: ReadonlySet<string>;
  /** The columns that clients may write. */
  readonly writable: ReadonlySet<string>;
  /** Rows that one result may have. */
  readonly maxRows: number;
  /** False refuses every query and change of this user, before the database is queried. */
  readonly authorize: (user: RealtimeUser | null) => boolean;
  /** What clients write has to fit these. */
  readonly schema: { readonly create?: Schema | undefined; readonly update?: Schema | undefined };
  /** The column that counts the changes of a row; undefined where there is none. */
  readonly version: string | undefined;
  /** Tables that the policies read where Postgres cannot see it. */
  readonly dependsOn: readonly string[];
}

const MAX_ROWS = 1_000;
const NAME = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/i;

/**
 * Lets clients query a table, under its row-level security.
 * @example
 * const annotations = defineLiveTable("annotations", {
 *   columns: ["id", "widget_id", "body", "created_at"],
 *   writable: ["widget_id", "body"],
 * });
 * @throws TypeError where the description cannot work.
 */
export function defineLiveTable(name: string, options: LiveTableOptions): LiveTable {
  const { columns, writable = [], maxRows = MAX_ROWS, authorize = () => true, schema = {}, version } = options;
  if (!NAME.test(name)) throw new TypeError(`defineLiveTable: "${name}" is no table's name, such as "annotations".`);
  if (columns.length === 0) throw new TypeError(`defineLiveTable("${name}"): list the columns that clients may read.`);
  if (!Number.isSafeInteger(maxRows) || maxRows < 1)
    throw new TypeError(`defineLiveTable("${name}"): maxRows must be a whole number of at least 1.`);
  if (version !== undefined && writable.includes(version))
    throw new TypeError(
      `defineLiveTable("${name}"): the version "${version}" is counted by the server: take it out of writable.`,
    );
  for (const [field, given] of Object.entries(schema))
    if (given !== undefined && !isSchema(given))
      throw new TypeError(`defineLiveTable("${name}"): schema.${field} must be a Standard Schema.`);
  const all = new Set(version === undefined ? columns : [...columns, version]);
  return Object.freeze({
    name,
    columns: all,
    writable: new Set(writable),
    maxRows,
    authorize,
    schema,
    version,
    dependsOn: options.dependsOn ?? [],
  });
}
