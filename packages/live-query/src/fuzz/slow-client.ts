import type { SqlClient, SqlConnection } from "@repo/realtime-postgres";
import type { Random } from "./random.js";

const MAX_MS = 30;

/** The same client, whose reading transactions often take a while, before and after they have read: so that changes come in between. */
export function slowed(client: SqlClient, random: Random): SqlClient {
  const pause = async () => {
    if (random.chance(0.4)) await new Promise((resolve) => setTimeout(resolve, random.below(MAX_MS)));
  };
  const slow = (connection: SqlConnection): SqlConnection => ({
    execute: (script) => connection.execute(script),
    async query(sql, values) {
      const rows = await connection.query<never>(sql, values);
      await pause();
      return rows;
    },
  });
  return {
    query: (sql, values) => client.query(sql, values),
    async transaction(work, isolation) {
      const result = await client.transaction(
        (connection) => work(isolation === undefined ? connection : slow(connection)),
        isolation,
      );
      if (isolation !== undefined) await pause();
      return result;
    },
    listen: (channel, listener) => client.listen(channel, listener),
    session: () => client.session(),
    close: () => client.close(),
  };
}
