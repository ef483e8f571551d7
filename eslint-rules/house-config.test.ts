import { join } from "node:path";
import { ESLint } from "eslint";
import { expect, it } from "vitest";

// The workspace's own eslint.config.js: every house limit fires, and only where it should.
const eslint = new ESLint({ cwd: join(import.meta.dirname, "..") });
const FEATURE = "packages/ping/src/place-order.ts";

async function rulesBroken(code: string, filePath: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  expect(result).toBeDefined();
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

it.each([
  ["more than 200 lines", "max-lines", "export const a = 1;" + "\n".repeat(201)],
  ["more than three parameters", "max-params", "export const f = (a, b, c, d) => [a, b, c, d];"],
  ["export *", "no-restricted-syntax", `export * from "./a.js";`],
  ["a default export", "no-restricted-syntax", "export default 1;"],
  ["an enum", "no-restricted-syntax", "export enum A { B }"],
  [
    "a private accessor that is not #private",
    "no-restricted-syntax",
    "export class A { private get b() { return 1; } }",
  ],
  ["a private field that is not #private", "no-restricted-syntax", "export class A { private b = 1; }"],
  ["a non-null assertion", "@typescript-eslint/no-non-null-assertion", "export const b = (a) => a!;"],
  ["an explicit any", "@typescript-eslint/no-explicit-any", "export const b = (a: any) => a;"],
  ["an unused name", "@typescript-eslint/no-unused-vars", "const a = 1;"],
  ["an empty catch", "no-empty", "export const f = () => { try { g(); } catch {} };"],
  [
    "@ts-expect-error without a reason",
    "@typescript-eslint/ban-ts-comment",
    "// @ts-expect-error\nexport const a = 1;",
  ],
  ["a vendor", "realtime/no-direct-ws", `import "ws";`],
])("refuses %s", async (_, rule, code) => {
  expect(await rulesBroken(code, FEATURE)).toEqual([rule]);
});

it.each([
  ["a basket of a file", "packages/orders/src/utils.ts", "export const a = 1;", "no-restricted-syntax"],
  [
    "hooks in a condition",
    "packages/a/src/a.tsx",
    "export const A = () => { if (x) useId(); };",
    "react-hooks/rules-of-hooks",
  ],
  [
    "a plain img in an app",
    "apps/web-next/src/a.tsx",
    `export const A = () => <img src="a" />;`,
    "@next/next/no-img-element",
  ],
  ["an undefined name in plain JavaScript", "scripts/a.mjs", "nobody();", "no-undef"],
])("refuses %s in %s", async (...[, file, code, rule]) => {
  expect(await rulesBroken(code, file)).toContain(rule);
});

it.each([
  ["exactly 200 lines and three parameters", "export const f = (a, b, c) => [a, b, c];" + "\n".repeat(200), FEATURE],
  ["a default export of a page", "export default function Page() { return null; }", "apps/web-next/src/app/page.tsx"],
  ["a default export of a tool's config", "export default {};", "packages/orders/vitest.config.ts"],
  [
    "an unexplained @ts-expect-error in a type test",
    "// @ts-expect-error\ndefine(1);",
    "packages/orders/src/orders.types.ts",
  ],
  ["a channel without a literal name in a test", "defineRealtimeChannel(bad);", "packages/orders/src/orders.test.ts"],
  ["a private constructor", "export class A { private constructor() { f(); } static b = 1; c = 2; }", FEATURE],
  ["Node's own names in plain JavaScript", "process.exitCode = 1;", "scripts/a.mjs"],
])("allows %s", async (_, code, file) => {
  expect(await rulesBroken(code, file)).toEqual([]);
});

it.each([
  "packages/a/dist/index.js",
  "apps/a/.next/a.js",
  "packages/a/fixtures/a.ts",
  "turbo/generators/templates/a.ts",
])("does not look at %s", async (file) => {
  expect(await eslint.isPathIgnored(file)).toBe(true);
});
