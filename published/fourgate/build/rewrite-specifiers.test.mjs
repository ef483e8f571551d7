import { expect, it } from "vitest";
import { rewriteSpecifiers } from "./rewrite-specifiers.mjs";

const MODULES = new Map([
  ["@repo/core-realtime", "core-realtime/index"],
  ["@repo/core-realtime/server", "core-realtime/server/index"],
]);
const NAMES = new Map([["@repo/core-realtime/server", "fourgate/server"]]);
const rewrite = (text, file) =>
  rewriteSpecifiers(text, { file, moduleOf: (specifier) => MODULES.get(specifier), nameOf: (name) => NAMES.get(name) });

it("makes imports of another library relative to the file, also of types and at run time", () => {
  const text = `import { a } from "@repo/core-realtime";
export * from '@repo/core-realtime/server';
type B = import("@repo/core-realtime").B;
import "@repo/core-realtime/server";`;
  expect(rewrite(text, "realtime-ws/index.js")).toBe(`import { a } from "../core-realtime/index.js";
export * from '../core-realtime/server/index.js';
type B = import("../core-realtime/index.js").B;
import "../core-realtime/server/index.js";`);
});

it("makes an import within one folder relative to it", () => {
  expect(rewrite(`import "@repo/core-realtime";`, "core-realtime/chunk.js")).toBe(`import "./index.js";`);
});

it("names in comments what users import, and leaves everything else alone", () => {
  const text = `/** See @repo/core-realtime/server and @repo/unknown. */ import { ws } from "ws"; const name = "@reporter/x";`;
  expect(rewrite(text, "a.d.ts")).toBe(
    `/** See fourgate/server and @repo/unknown. */ import { ws } from "ws"; const name = "@reporter/x";`,
  );
});
