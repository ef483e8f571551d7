import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, it } from "vitest";

/** Bundles code for browsers as an app would: esbuild, minified, gzip at its best. */
async function measure(contents: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL("..", import.meta.url)), loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    target: "es2022",
    conditions: ["@repo/source"],
  });
  const { contents: bytes = new Uint8Array(), text = "" } = outputFiles[0] ?? {};
  return { gzip: gzipSync(bytes, { level: 9 }).length, text, inputs: Object.keys(metafile.inputs) };
}

const BASE = `export { startLive } from "@repo/live-ui-client";`;
const CONNECTION = `export { realtimeConnection } from "@repo/live-ui-client/connection";`;

const BASE_BYTES = 8_000;

it("fits into 8 kB, the morph included, with nothing of other packages", async () => {
  const { gzip, inputs } = await measure(BASE);
  expect(gzip).toBeLessThanOrEqual(BASE_BYTES);
  expect(inputs.filter((input) => !/^(src\/|<stdin>)/.test(input))).toEqual([]);
});

it("adds at most 0.25 kB for the connection, and 6.5 kB with the realtime client", async () => {
  const { gzip } = await measure(BASE);
  const { gzip: joined } = await measure(BASE + CONNECTION);
  const { gzip: all } = await measure(
    `${BASE}${CONNECTION} export { createRealtimeClient } from "@repo/realtime-client";`,
  );
  expect(joined - gzip).toBeLessThanOrEqual(250);
  expect(all - gzip).toBeLessThanOrEqual(6_500);
});

it("fits into 2.5 kB as an extension of htmx", async () => {
  const { gzip } = await measure(`export { registerLive } from "@repo/live-ui-client/htmx";`);
  expect(gzip).toBeLessThanOrEqual(2_500);
});

it("evaluates no text as code", async () => {
  const { text } = await measure(BASE + CONNECTION);
  expect(text).not.toMatch(/\beval\(|new Function|\bFunction\(/);
});
