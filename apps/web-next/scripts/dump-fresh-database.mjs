// Makes fresh-database.tar.br: what Postgres' initdb leaves, so that a first start unpacks instead of making it. To be run after each
// new version of PGlite; a test says when.
import { readFileSync, writeFileSync } from "node:fs";
import { constants, brotliCompressSync } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";

const database = await PGlite.create();
const { rows } = await database.query("select version()");
await database.exec(`comment on database postgres is '${rows[0].version}'`);
const dump = await database.dumpDataDir("none");
await database.close();
const tar = Buffer.from(await dump.arrayBuffer());
const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
const params = { [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: tar.length };
const file = new URL("../src/server/database/fresh-database.tar.br", import.meta.url);
writeFileSync(file, brotliCompressSync(tar, { params }));
console.log(`${tar.length} bytes of tar, ${readFileSync(file).length} compressed`);
