import type { SqlClient } from "@repo/realtime-postgres";

/** Rejects with a `TypeError` that states what to do where changes of one of these tables (oids) are not captured. */
export async function checkWatched(
  client: Pick<SqlClient, "query">,
  what: string,
  tables: readonly string[],
): Promise<void> {
  if (tables.length === 0) return;
  const missing = await client.query<{ readonly name: string }>(
    `select c.oid::regclass::text as name from pg_catalog.pg_class c join unnest($1::text[]::oid[]) d (oid) on d.oid = c.oid
      where c.relkind in ('r', 'p') and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'realtime'::regnamespace)
        and not realtime.is_watched(c.oid)
      group by c.oid`,
    [tables],
  );
  const names = missing.map(({ name }) => name);
  if (names.length === 0) return;
  const statements = names.map((name) => `select realtime.watch_table('${name}');`).join(" ");
  throw new TypeError(`${what} reads ${names.join(", ")}, whose changes are not captured. Run: ${statements}`);
}

/** The oids of tables by their names in SQL. */
export async function oidsOf(client: Pick<SqlClient, "query">, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const rows = await client.query<{ readonly oid: string }>(
    "select n::regclass::oid::text as oid from unnest($1::text[]) n",
    [names],
  );
  return rows.map(({ oid }) => oid);
}
