import type { SqlClient, SqlConnection } from "@repo/realtime-postgres";

/** Calls `make` in a transaction where `table`, of the schema `demo`, does not exist. Of processes that start at once, one does; the others wait for it. */
export async function makeTables(
  client: SqlClient,
  table: string,
  make: (connection: SqlConnection) => Promise<void>,
): Promise<void> {
  await client.transaction(async (connection) => {
    await connection.query("select pg_advisory_xact_lock(hashtextextended('demo', 0))");
    const [found] = await connection.query<{ readonly isThere: boolean }>(
      `select to_regclass($1) is not null as "isThere"`,
      [table],
    );
    if (found?.isThere) return;
    await connection.query("create schema if not exists demo");
    await make(connection);
  });
}
