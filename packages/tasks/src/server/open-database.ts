import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { freshDatabase } from "./fresh-database.js";

/** Opens the database of a folder; where there is none, or one that was never finished, a fresh one is put there. */
export async function openDatabase(folder: string): Promise<PGlite> {
  const data = join(folder, "postgres");
  const complete = join(folder, "complete"); // written last: a process that is killed before leaves nothing that counts
  if (existsSync(complete)) return PGlite.create(data);
  await rm(data, { recursive: true, force: true });
  const database = await PGlite.create(data, { loadDataDir: await freshDatabase() });
  await writeFile(complete, "");
  return database;
}
