import { PgliteClient, type SqlClient } from "@repo/realtime-postgres";

/** Whether other processes may use the same database: a server's, and not the one within this process. */
export function isShared(client: SqlClient): boolean {
  return !(client instanceof PgliteClient);
}
