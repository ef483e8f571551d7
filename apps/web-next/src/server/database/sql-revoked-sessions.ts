import type { SqlClient } from "@repo/realtime-postgres";
import type { IRevokedSessions } from "../revoked-sessions";
import { makeTables } from "./make-tables";

const TABLE = "demo.revoked_sessions";
const SCRIPT = `
  create table ${TABLE} (session_id text primary key, until timestamptz not null);
  create index on ${TABLE} (until)`;

/** In the database: every process on it knows them, also after a restart. */
export class SqlRevokedSessions implements IRevokedSessions {
  readonly #client: SqlClient;

  private constructor(client: SqlClient) {
    this.#client = client;
  }

  /** Makes the table where it is not there yet. */
  static async open(client: SqlClient): Promise<SqlRevokedSessions> {
    await makeTables(client, TABLE, (connection) => connection.execute(SCRIPT));
    return new SqlRevokedSessions(client);
  }

  async revoke(sessionId: string, until: number): Promise<void> {
    await this.#client.query(
      `with expired as ( -- such a seal is refused anyway; the margin is for a process whose clock is behind the database's
         delete from ${TABLE} where until <= clock_timestamp() - interval '1 hour'
       )
       insert into ${TABLE} values ($1, to_timestamp($2::float8 / 1000)) on conflict do nothing`,
      [sessionId, until],
    );
  }

  async isRevoked(sessionId: string): Promise<boolean> {
    const rows = await this.#client.query(`select from ${TABLE} where session_id = $1`, [sessionId]);
    return rows.length > 0;
  }
}
