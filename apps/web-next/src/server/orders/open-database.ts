import { freshDatabase } from "@repo/tasks/server";
import { migrate, PgClient, PgliteClient, type SqlClient } from "@repo/realtime-postgres";
import type { SqlData } from "../environment";

/** The database that the environment names, with the tables of realtime. */
export async function openSqlDatabase(data: SqlData): Promise<SqlClient> {
  if (data.kind !== "server") {
    const folder = data.kind === "folder" ? { folder: data.folder } : {};
    return PgliteClient.open({ ...folder, loadDataDir: freshDatabase, prepare: migrate });
  }
  const client = new PgClient({ connectionString: data.connectionString });
  try {
    await migrate(client);
    return client;
  } catch (cause) {
    await client.close();
    throw cause;
  }
}
