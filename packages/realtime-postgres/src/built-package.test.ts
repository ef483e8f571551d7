import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "tsup";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packageFolder } from "./package-folder.js";
import { freshPgliteData } from "./testing/fresh-pglite.js";

const run = promisify(execFile);
let dist = "";

/** Below the package's own folder, as `dist` is: the built code looks for the migrations and the worker from there. */
beforeAll(async () => {
  dist = await mkdtemp(fileURLToPath(new URL("node_modules/.built-", packageFolder())));
  await build({
    config: false,
    entry: { index: "src/index.ts", "cli/main": "src/cli/main.ts" },
    format: "esm",
    target: "es2023",
    outDir: dist,
    silent: true,
    noExternal: [/^@repo\//], // so that the other packages need not be built
    esbuildOptions: (options) => {
      options.conditions = ["@repo/source"];
    },
  });
});
afterAll(() => rm(dist, { recursive: true, force: true }));

it("opens PGlite in its thread, and migrates it", async () => {
  const data = join(dist, "pglite.tar");
  await writeFile(data, new Uint8Array(await (await freshPgliteData()).arrayBuffer()));
  const script = `
    import { readFile } from "node:fs/promises";
    import { openDatabase } from ${JSON.stringify(pathToFileURL(join(dist, "index.js")))};
    const database = await openDatabase({ loadDataDir: new Blob([await readFile(${JSON.stringify(data)})]) });
    console.log(JSON.stringify(await database.query("select count(*)::int as count from realtime.channels")));
    await database.close();`;
  const env = { ...process.env, DATABASE_URL: "", NODE_OPTIONS: "" };
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { env });
  expect(JSON.parse(stdout)).toEqual([{ count: 0 }]);
});

it("prints the migrations' script with its command", async () => {
  const { stdout } = await run(process.execPath, [join(dist, "cli/main.js"), "sql"]);
  expect(stdout).toContain("create table realtime.channels");
});
