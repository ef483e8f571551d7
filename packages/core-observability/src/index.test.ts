import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

it("may reach a browser: the root entry bundles, and brings nothing but its own files", async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL("./index.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs).not.toHaveLength(0);
  expect(inputs.filter((input) => input.includes("node_modules"))).toEqual([]);
});
