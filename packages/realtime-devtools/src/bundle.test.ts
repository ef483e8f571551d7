import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, it } from "vitest";

it("fits into 5 kB, and brings neither React nor the client along", async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${import.meta.dirname}/index.ts`],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    conditions: ["@repo/source"],
  });
  expect(Object.keys(metafile.inputs).filter((input) => !/^src\//.test(input))).toEqual([]);
  const [file] = outputFiles;
  expect(gzipSync(file?.contents ?? "", { level: 9 }).length).toBeLessThanOrEqual(5_000);
});
