import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

/** Bundles an entry for the browser; resolves with the files that ended up inside. */
async function bundle(entry: string): Promise<{ readonly inputs: readonly string[]; readonly text: string }> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    logLevel: "silent",
    format: "esm",
    platform: "browser",
    metafile: true,
    conditions: ["@repo/source"],
  });
  return { inputs: Object.keys(result.metafile.inputs), text: result.outputFiles[0]?.text ?? "" };
}

it("bundles the root entry for a browser: no Node built-in, no schema library, no vendor", async () => {
  const { inputs, text } = await bundle("index.ts");
  expect(inputs.filter((input) => input.includes("node_modules"))).toEqual([]);
  for (const name of builtinModules) expect(text).not.toContain(`from "${name}"`);
  expect(text).not.toMatch(/from "node:|require\(|\bprocess\.|\bBuffer\b/);
  expect(inputs.length).toBeGreaterThan(10);
});

it("would notice a Node built-in (the control): the server entry cannot be bundled", async () => {
  await expect(bundle("server/index.ts")).rejects.toThrow(/node:crypto/);
});
