import { execFileSync } from "node:child_process";
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { measureBundle } from "../scripts/measure-bundle.mjs";

const CORE = `export { createRealtimeClient } from "@repo/realtime-client";`;
const SOURCE = ["@repo/source"];

/** This package's own files, and of the core what reads frames. */
const OURS =
  /^(src\/[\w/-]+\.ts|<stdin>|\.\.\/core-realtime\/src\/(wire\/(frame-reader|message-text)|channel\/schema|thenable)\.ts)$/;

// 2 kB of it: the reader of short frames, the first frames, asks, tokens that fail, sessions that end, listeners that change while they
// are called, numbers that are forgotten with their channels, openings that are checked, an end that rejects what is
// pending, names known only at run time, what waits for a subscribe that was refused for now, error listeners, and the debug option
it("fits into 6.3 kB with WebSockets", async () => {
  const { gzip } = await measureBundle(CORE, SOURCE);
  expect(gzip).toBeLessThanOrEqual(6_350);
});

it("fits into 10.8 kB with WebSockets or SSE, presence and optimistic state", async () => {
  const code = `${CORE} export { auto } from "@repo/realtime-client/auto"; export { sse } from "@repo/realtime-client/sse";
    export { joinPresence } from "@repo/realtime-client/presence"; export * from "@repo/realtime-client/optimistic";`;
  const { gzip, inputs } = await measureBundle(code, SOURCE);
  expect(gzip).toBeLessThanOrEqual(10_830);
  expect(inputs.filter((input) => !OURS.test(input) && input !== "../core-realtime/src/keyed-serial-queue.ts")).toEqual(
    [],
  );
});

it("adds at most 0.9 kB where pages refresh", async () => {
  const { gzip } = await measureBundle(CORE, SOURCE);
  const code = `${CORE} export { followAutoRefresh } from "@repo/realtime-client/auto-refresh";`;
  const { gzip: withPages } = await measureBundle(code, SOURCE);
  expect(withPages - gzip).toBeLessThanOrEqual(900);
});

it("adds at most 1 kB where messages outlive a reload", async () => {
  const { gzip } = await measureBundle(CORE, SOURCE);
  const code = `${CORE} export { indexedDbOutbox } from "@repo/realtime-client/outbox";`;
  const { gzip: withOutbox, inputs } = await measureBundle(code, SOURCE);
  expect(withOutbox - gzip).toBeLessThanOrEqual(1_000);
  expect(inputs.filter((input) => !OURS.test(input))).toEqual([]);
});

it("adds nothing of the inspector and of the kept outbox where they are not imported", async () => {
  const { inputs } = await measureBundle(CORE, SOURCE);
  expect(inputs.filter((input) => /^src\/(debug|outbox\/|indexed-db)/.test(input))).toEqual([]);
});

it("has neither a schema library, nor Node, nor the server inside", async () => {
  const { inputs, text } = await measureBundle(CORE, SOURCE);
  expect(inputs.filter((input) => !OURS.test(input))).toEqual([]);
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
  expect(gzip).toBeGreaterThan(6_100);
});

it("would notice Node (the control)", async () => {
  await expect(measureBundle(`export { randomUUID } from "node:crypto";`)).rejects.toThrow("node:crypto");
});
