import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { eslint, oxlint, type LintRun } from "./testing/linters.ts";
import { temporaryWorkspace, type TemporaryWorkspace } from "./testing/temporary-workspace.ts";

// A workspace as create-turbo makes it, linted with `configs.recommended` by each linter that people have.
const here = import.meta.dirname;
const stock = join(here, "../works-with/fixtures/turbo-workspace");
const CONFIG = `import parser from "@typescript-eslint/parser";
import realtime from "eslint-plugin-realtime";

export default [{ files: ["**/*.{ts,tsx}"], languageOptions: { parser } }, realtime.configs.recommended];
`;

const made: TemporaryWorkspace[] = [];
afterAll(() => made.forEach((workspace) => workspace.remove()));

let root = "";
beforeEach(() => {
  const workspace = temporaryWorkspace({
    "lint.config.mjs": CONFIG,
    ".oxlintrc.json": `{ "extends": ["./node_modules/eslint-plugin-realtime/oxlint.json"], "categories": { "correctness": "off" } }`,
    "apps/web/.next/server/chunks/page.js": `import "@repo/orders"; require("socket.io"); require("ws");\n`,
    "apps/web/lib/socket.ts": `import type { WebSocket } from "ws";\n\nexport type Socket = WebSocket;\n`,
    "apps/web/proxy.config.js": `import "ws";\n`,
    "packages/ui/src/twin.tsx": `import { config } from "@repo/typescript-config";\n\nexport const Twin = config;\n`,
    ...ADOPTED,
  });
  made.push(workspace);
  root = workspace.root;
  cpSync(stock, root, { recursive: true, filter: (path) => !path.includes("node_modules") });
  link("eslint-plugin-realtime", here);
  link(
    "@typescript-eslint/parser",
    dirname(createRequire(import.meta.url).resolve("@typescript-eslint/parser/package.json")),
  );
});

/** A package of somebody who has begun to use Fourgate, with what is still refused. */
const ADOPTED = {
  "packages/orders/package.json": `{ "name": "@repo/orders", "dependencies": { "fourgate": "^1.0.0" } }`,
  "packages/orders/turbo.json": `{ "extends": ["//"], "tags": ["feature"] }`,
  "packages/billing/package.json": `{ "name": "@repo/billing" }`,
  "packages/billing/turbo.json": `{ "extends": ["//"], "tags": ["feature"] }`,
  "packages/orders/src/bad.ts": `import "socket.io";\nimport "ws";\nimport "@repo/billing";\nimport "@repo/ui/button";\n`,
};

function link(name: string, target: string): void {
  const path = join(root, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, "dir");
}

type Lint = (folder: string) => Promise<LintRun>;

const within = (folder: string) => ({ cwd: join(root, folder), target: ".", root });
const config = () => ["--config", join(root, "lint.config.mjs")];
const LINTERS: readonly (readonly [string, Lint])[] = [
  ["ESLint 9", (folder) => eslint(within(folder), { version: "eslint-9", config: config() })],
  ["ESLint 10", (folder) => eslint(within(folder), { version: "eslint", config: config() })],
  ["Oxlint", (folder) => oxlint(within(folder))],
];

it.each(LINTERS)("reports nothing in the packages that create-turbo makes: %s", async (_, lint) => {
  for (const folder of ["apps/web", "packages/ui", "packages/eslint-config"])
    expect(await lint(folder)).toEqual({ code: 0, findings: [] });
});

it.each(LINTERS)("refuses in a tagged package beside them what it refuses anywhere: %s", async (_, lint) => {
  expect(await lint("packages/orders")).toEqual({
    code: 1,
    findings: [
      "packages/orders/src/bad.ts:1:1 no-direct-socket-io",
      "packages/orders/src/bad.ts:2:1 no-direct-ws",
      "packages/orders/src/bad.ts:3:1 imports-go-down",
    ],
  });
});
