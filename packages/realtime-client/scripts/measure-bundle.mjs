import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const HERE = fileURLToPath(new URL("..", import.meta.url));

/**
 * Bundles a piece of code for browsers as an app would: esbuild, minified, gzip at its best.
 * @param {string} code what an app writes, such as `export { io } from "socket.io-client"`
 * @param {readonly string[]} [conditions] `["@repo/source"]` reads this workspace's sources instead of their build
 * @param {string} [folder] where packages are found; default: here
 */
export async function measureBundle(code, conditions = [], folder = HERE) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: folder, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    logLevel: "silent",
    format: "esm",
    target: "es2022",
    platform: "browser",
    external: ["react"], // an app has it already
    mainFields: ["browser", "module", "main"],
    conditions: ["browser", "import", ...conditions],
  });
  const [file] = outputFiles;
  return {
    bytes: file.contents.length,
    gzip: gzipSync(file.contents, { level: 9 }).length,
    text: file.text,
    /** Every file that went in. */
    inputs: Object.keys(metafile.inputs),
  };
}
