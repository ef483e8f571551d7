import type { SqlClient } from "../client/sql-client.js";

/** The client of a server whose setting `fsync` is on, as far as this client can read: the servers of a test run have it off, to be quick. */
export function asIfFsynced(client: SqlClient): SqlClient {
  return {
    async query<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]> {
      const rows = await client.query<Row & object>(sql, values);
      return rows.map((row) => ("fsync" in row ? { ...row, fsync: true } : row));
    },
    transaction: (work, isolation) => client.transaction(work, isolation),
    listen: (channel, listener) => client.listen(channel, listener),
    session: () => client.session(),
    close: () => client.close(),
  };
}
