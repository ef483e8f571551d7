import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const OUTPUT = fileURLToPath(new URL("../../node_modules/.cache/torture/", import.meta.url));

/** A program as one file of JavaScript, which starts in a fraction of the time: it is killed and begun again every few seconds. */
export async function bundledProgram(program: URL): Promise<string> {
  await mkdir(OUTPUT, { recursive: true });
  const outfile = join(OUTPUT, `${process.pid}.mjs`);
  await build({
    entryPoints: [fileURLToPath(program)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["@repo/source"],
    external: ["pg-native", "@electric-sql/pglite", "bufferutil", "utf-8-validate"],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  });
  return outfile;
}
