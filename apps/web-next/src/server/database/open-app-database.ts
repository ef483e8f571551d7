import { openDatabase, type SqlClient } from "@repo/realtime-postgres";
import { migrateBoard } from "@repo/tasks/server";
import type { SqlData } from "../environment";
import { freshDatabase } from "./fresh-database";

/** The database that the environment names, with the tables of realtime and of the board. The one database of this process. */
export function openAppDatabase(data: SqlData): Promise<SqlClient> {
  if (data.kind === "server") return openDatabase({ url: data.connectionString, prepare: migrateBoard });
  const folder = data.kind === "folder" ? { folder: data.folder } : {};
  return openDatabase({ url: "", ...folder, loadDataDir: freshDatabase, prepare: migrateBoard });
}
