// @vitest-environment node
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, it } from "vitest";

const HOOKS = `export { createRealtimeHooks } from "@repo/realtime-react"; export { createRealtimeClient } from "@repo/realtime-client";
  export { readEntity } from "@repo/realtime-client/optimistic";`;

const QUERIES = `export { useQuery } from "@repo/realtime-react"; export { createQueries } from "@repo/realtime-client/query";`;

/** What a browser loads for a piece of an app's code, beside React. */
async function bundled(code: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL(".", import.meta.url)), loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    logLevel: "silent",
    format: "esm",
    target: "es2022",
    platform: "browser",
    external: ["react"],
    conditions: ["@repo/source"],
  });
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  return { gzip: gzipSync(contents, { level: 9 }).length, inputs: Object.keys(metafile.inputs) };
}

const OURS =
  /^(src\/|\.\.\/realtime-client\/src\/|\.\.\/core-realtime\/src\/(digest|keyed-serial-queue|thenable|wire\/(frame-reader|message-text)|channel\/schema)\.ts|<stdin>)/;

it("fits into 12.5 kB with the client, WebSockets, presence and optimistic state", async () => {
  const { gzip, inputs } = await bundled(HOOKS);
  expect(gzip).toBeLessThanOrEqual(12_520);
  expect(inputs.filter((input) => !OURS.test(input))).toEqual([]); // neither a schema library nor the server
});

it("adds 1.5 kB where queries are watched, and 1.9 kB more where rows are changed", async () => {
  const [plain, queries, mutations] = await Promise.all([
    bundled(HOOKS),
    bundled(`${HOOKS} ${QUERIES}`),
    bundled(`${HOOKS} ${QUERIES} export { createMutations } from "@repo/realtime-client/query";`),
  ]);
  expect(queries.gzip - plain.gzip).toBeLessThanOrEqual(1_500);
  expect(mutations.gzip - queries.gzip).toBeLessThanOrEqual(1_949);
  expect(mutations.inputs.filter((input) => !OURS.test(input))).toEqual([]);
});

it("would notice a schema library (the control)", async () => {
  const { inputs, gzip } = await bundled(`${HOOKS} export { object } from "zod/mini";`);
  expect(inputs.filter((input) => !OURS.test(input)).length).toBeGreaterThan(0);
  expect(gzip).toBeGreaterThan(12_100);
});
