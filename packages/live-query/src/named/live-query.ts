import { isSchema, type InputOf, type OutputOf, type RealtimeUser, type Schema } from "@repo/core-realtime";

/** A query with its values: built by Kysely or Drizzle, or written by hand. */
export type BuiltQuery =
  | { compile(): { readonly sql: string; readonly parameters: readonly unknown[] } }
  | { toSQL(): { readonly sql: string; readonly params: readonly unknown[] } }
  | { readonly sql: string; readonly values?: readonly unknown[] };

/** What a named query takes, and how its result is kept. */
export interface LiveQueryOptions<Args extends Schema> {
  /** What a client may pass. */
  readonly args: Args;
  /** The columns of the result that identify its rows; without them, a row that changes is deleted and inserted. */
  readonly key?: readonly string[] | undefined;
  /** Rows that the result may have; default 1 000. */
  readonly maxRows?: number | undefined;
  /** Tables that the statement reads where Postgres cannot see it, such as in a function without BEGIN ATOMIC. */
  readonly reads?: readonly string[] | undefined;
  /**
   * Whose rights the query runs with. Default `"user"`: row-level security applies. `"owner"`: the function itself must restrict what the user
   * may see; users with equal statements and values share one result.
   */
  readonly runAs?: "user" | "owner" | undefined;
}

/** A query that clients call by its name. Made by `liveQuery`. */
export interface LiveQuery<Args extends Schema = Schema> {
  /** Unique on the node. */
  readonly name: string;
  /** As `liveQuery` was given them. */
  readonly options: LiveQueryOptions<Args>;
  /** Not async: a query of Drizzle that is awaited is run. */
  readonly build: (args: OutputOf<Args>, user: RealtimeUser | null) => BuiltQuery;
}

/** What a client passes to a query. */
export type LiveQueryArgs<Query extends LiveQuery> = Query extends LiveQuery<infer Args> ? InputOf<Args> : never;

/**
 * Lets clients subscribe to a query that the server writes, with Kysely, Drizzle or SQL. It is run again when something that it reads changes.
 * @example
 * const openTasks = liveQuery("open-tasks", { args: z.object({ board: z.uuid() }), key: ["id"] }, ({ board }) =>
 *   db.selectFrom("tasks").select(["id", "title"]).where("board_id", "=", board),
 * );
 */
export function liveQuery<const Name extends string, Args extends Schema>(
  name: Name,
  options: LiveQueryOptions<Args>,
  build: LiveQuery<Args>["build"],
): LiveQuery<Args> & { readonly name: Name } {
  if (name === "") throw new TypeError("liveQuery: give the query a name.");
  if (!isSchema(options.args))
    throw new TypeError(`liveQuery("${name}"): args must be a Standard Schema; use z.object({}) for none.`);
  return Object.freeze({ name, options, build });
}
