import { statSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** What a browser may have to load of the packed package, in bytes after gzip: the budgets of the libraries, and 2 % for another order of modules. */
const BUDGETS = {
  'export { createRealtimeClient } from "fourgate/client";': 6_420,
  'export { createRealtimeClient } from "fourgate/client"; export { auto } from "fourgate/client/auto";': 7_900,
  'export { defineRealtimeChannel } from "fourgate";': 6_000,
};
const MAX_TARBALL_BYTES = 800_000;

/** Where the packed `fourgate`, installed in `folder`, is larger than its budgets allow. */
export async function sizeProblems(tarball, folder, budgets = BUDGETS) {
  const { size } = statSync(tarball);
  const problems =
    size > MAX_TARBALL_BYTES ? [`size: the tarball has ${size} bytes, more than ${MAX_TARBALL_BYTES}`] : [];
  for (const [code, budget] of Object.entries(budgets)) {
    const bytes = await gzipSize(code, folder);
    if (bytes > budget) problems.push(`size: ${code} takes ${bytes} bytes, more than ${budget}`);
  }
  return problems;
}

async function gzipSize(code, folder) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "browser",
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}
