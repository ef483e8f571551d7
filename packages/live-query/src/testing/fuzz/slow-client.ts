import type { SqlClient, SqlConnection } from "@repo/realtime-postgres";
import type { Random } from "./random.js";

const FEW_MS = 30;
const MANY_MS = 150; // long enough that several transactions commit meanwhile

/** The same client, whose reading transactions often take a while, before and after they have read: so that changes come in between. */
export function slowed(client: SqlClient, random: Random): SqlClient {
  const pause = async () => {
    const ms = random.chance(0.12) ? MANY_MS : random.chance(0.3) ? FEW_MS : 0;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, random.below(ms)));
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
