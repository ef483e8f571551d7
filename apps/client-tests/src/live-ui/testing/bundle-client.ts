import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A file of `./browser` with all that it imports, as an app would bundle it. */
export async function bundleClient(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`browser/${file}`, import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    conditions: ["@repo/source"],
  });
  return outputFiles[0]?.text ?? "";
}
