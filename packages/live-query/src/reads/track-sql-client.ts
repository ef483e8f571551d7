import type { SqlClient, SqlConnection } from "@repo/realtime-postgres";
import { recordStatement } from "./recording.js";

/** The same client, whose statements `recordReads` sees, in transactions too. A `session()` is not seen. */
export function trackSqlClient(client: SqlClient): SqlClient {
  return {
    ...tracked(client),
    transaction: (work, isolation) =>
      client.transaction((connection) => {
        const execute = (script: string): Promise<void> => {
          recordStatement(script, []);
          return connection.execute(script);
        };
        return work({ ...tracked(connection), execute });
      }, isolation),
    listen: (channel, listener) => client.listen(channel, listener),
    session: () => client.session(),
    close: () => client.close(),
  };
}

function tracked(connection: Pick<SqlConnection, "query">): Pick<SqlConnection, "query"> {
  return {
    query: (sql, values) => {
      recordStatement(sql, values);
      return connection.query(sql, values);
    },
  };
}
