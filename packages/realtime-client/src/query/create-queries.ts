import { createQuery } from "./create-query.js";
import type { AnyDatabase, AnyNamedQueries, DatabaseOf, NamedQueriesOf } from "./database.js";
import { liveQueriesOf, type QueryClient } from "./live-queries.js";
import type { Query, TableQuery } from "./table-query.js";

/** The queries of a client, typed by a database. */
export interface Queries<Database extends DatabaseOf<Database>, Named extends NamedQueriesOf<Named>> {
  /** A query of a table, to be narrowed. */
  query<Table extends keyof Database & string>(table: Table): TableQuery<Database[Table]["row"]>;
  /** A query that the server has under this name. */
  liveQuery<Name extends keyof Named & string>(name: Name, args: Named[Name]["args"]): Query<Named[Name]["row"]>;
}

/**
 * The queries of a client.
 * @example
 * const { query } = createQueries<Database>(client);
 * const newest = query("annotations").where("widget_id", id).orderBy("created_at", "DESC").limit(50);
 * const rows = await newest.fetch();
 * const stop = newest.watch(({ rows, isStale }) => show(rows, isStale));
 */
export function createQueries<
  Database extends DatabaseOf<Database> = AnyDatabase,
  Named extends NamedQueriesOf<Named> = AnyNamedQueries,
>(client: QueryClient): Queries<Database, Named> {
  const queries = liveQueriesOf(client);
  return {
    query: (table) => createQuery(queries, { table }) as never,
    liveQuery: (name, args) => createQuery(queries, { name, args } as never) as never,
  };
}
