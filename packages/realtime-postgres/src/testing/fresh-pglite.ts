import { readFileSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

const FOLDER = join(process.cwd(), "node_modules/.cache/fourgate");

/** A new PGlite's data, which the first run on this machine kept: opening it takes a tenth of the time that `initdb` takes. */
export async function freshPgliteData(): Promise<Blob> {
  const file = join(FOLDER, `pglite-${pgliteVersion()}.tar`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept) return new Blob([new Uint8Array(kept)], { type: "application/x-tar" });
  const database = await PGlite.create();
  const dump = await database.dumpDataDir("none");
  await database.close();
  await mkdir(FOLDER, { recursive: true });
  const unfinished = `${file}.${process.pid}`; // several test files may do the same at the same time
  await writeFile(unfinished, new Uint8Array(await dump.arrayBuffer()));
  await rename(unfinished, file);
  return dump;
}

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite"); // its exports do not have package.json
  const manifest: { readonly version: string } = JSON.parse(readFileSync(join(entry, "../../package.json"), "utf8"));
  return manifest.version;
}
