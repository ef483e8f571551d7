import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { packageFolder } from "../package-folder.js";

/** One step from an empty database to the tables of this version. Once released, a file never changes. */
export interface Migration {
  /** Such as `0001_tables.sql`; applied in the order of names. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, in hex. */
  readonly checksum: string;
}

export function migrationOf(name: string, text: string): Migration {
  const sql = text.replaceAll("\r\n", "\n"); // a checkout on Windows is the same migration
  return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}

/** The migrations of this package. */
export async function packagedMigrations(): Promise<readonly Migration[]> {
  const folder = new URL("migrations/", packageFolder());
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).toSorted();
  return Promise.all(names.map(async (name) => migrationOf(name, await readFile(new URL(name, folder), "utf8"))));
}
