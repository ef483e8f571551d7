import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";

const DUMP = new URL("./fresh-database.tar.br", import.meta.url);

/** A fresh Postgres as `initdb` leaves it, made once by `pnpm --filter web-next dump-database`: unpacking takes a quarter of making. */
export async function freshDatabase(): Promise<Blob> {
  const tar = await promisify(brotliDecompress)(await readFile(DUMP));
  return new Blob([new Uint8Array(tar)], { type: "application/x-tar" });
}
