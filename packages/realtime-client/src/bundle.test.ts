import { execFileSync } from "node:child_process";
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { measureBundle } from "../scripts/measure-bundle.mjs";

const CORE = `export { createRealtimeClient } from "@repo/realtime-client";`;
const SOURCE = ["@repo/source"];

// 1.2 kB of it: tokens that fail, sessions that end, listeners that change while they are called, and an end that rejects what is pending
it("fits into 5.2 kB with WebSockets", async () => {
  const { gzip } = await measureBundle(CORE, SOURCE);
  expect(gzip).toBeLessThanOrEqual(5_200);
});

it("fits into 9.5 kB with WebSockets or SSE, presence and optimistic state", async () => {
  const code = `${CORE} export { auto } from "@repo/realtime-client/auto"; export { sse } from "@repo/realtime-client/sse";
    export { joinPresence } from "@repo/realtime-client/presence"; export * from "@repo/realtime-client/optimistic";`;
  const { gzip, inputs } = await measureBundle(code, SOURCE);
  expect(gzip).toBeLessThanOrEqual(9_500);
  const others = inputs.filter((input) => !/^(src\/[\w/-]+\.ts|<stdin>)$/.test(input));
  expect(others).toEqual(["../core-realtime/src/keyed-serial-queue.ts"]); // of the core, this file alone
});

it("has neither a schema library, nor Node, nor the server inside", async () => {
  const { inputs, text } = await measureBundle(CORE, SOURCE);
  expect(inputs.filter((input) => !/^(src\/[\w/-]+\.ts|<stdin>)$/.test(input))).toEqual([]); // this package's own files alone
  for (const name of builtinModules) expect(text).not.toContain(`"${name}"`);
  expect(text).not.toMatch(/"node:|require\(|\bprocess\.|\bBuffer\b/);
});

it("shows in the README what it weighs", () => {
  const script = fileURLToPath(new URL("../scripts/size-table.mjs", import.meta.url));
  expect(() => execFileSync(process.execPath, [script, "--check"], { stdio: "pipe" })).not.toThrow();
});

it("would notice a schema library (the control)", async () => {
  const { inputs, gzip } = await measureBundle(`${CORE} export { object } from "zod/mini";`, SOURCE);
  expect(inputs.some((input) => input.includes("node_modules/zod"))).toBe(true);
  expect(gzip).toBeGreaterThan(5_200);
});

it("would notice Node (the control)", async () => {
  await expect(measureBundle(`export { randomUUID } from "node:crypto";`)).rejects.toThrow("node:crypto");
});
