// Lint of the whole workspace. Syntax only, no type information: it runs in seconds, and tsc knows the types anyway.
import { join } from "node:path";
import js from "@eslint/js";
import next from "@next/eslint-plugin-next";
import { defineConfig, globalIgnores } from "eslint/config";
import reactHooks from "eslint-plugin-react-hooks";
import realtime from "eslint-plugin-realtime";
import tseslint from "typescript-eslint";

const TESTS = ["**/*.{test,spec,bench}.{ts,tsx}", "**/e2e/**"];
const TYPE_TESTS = ["**/*.types.ts"];

/** Where a tool demands a default export. */
const DEFAULT_EXPORTS = [
  "**/*.config.{js,mjs,ts,mts}",
  "eslint-rules/plugin.{js,d.ts}",
  "turbo/generators/config.ts",
  "docs/site/.vitepress/**/{config,index}.mjs",
  "apps/*/{,src/}{proxy,middleware}.ts",
  "apps/*/{,src/}app/**/{page,layout,template,default,loading,error,global-error,not-found,icon,robots,sitemap,manifest}.{ts,tsx}",
];

const NO_DEFAULT = { selector: "ExportDefaultDeclaration", message: "Export by name; defaults are for tools." };
const NO_BASKET = { selector: "Program", message: "Name the file after its one noun; a basket is no name." };
const HOUSE = [
  { selector: "ExportAllDeclaration", message: "List what leaves by name: export { a, b } from." },
  { selector: "TSEnumDeclaration", message: "Use a union of literals, or an object `as const`." },
  {
    selector:
      ':matches(PropertyDefinition, MethodDefinition[kind!="constructor"], TSParameterProperty)[accessibility="private"]',
    message: "Use a #private member.",
  },
];

export default defineConfig(
  globalIgnores([
    "**/dist/**",
    "**/.image/**",
    "**/.next/**",
    "docs/.examples/**",
    "docs/site/{pages,node_modules,.vitepress/.temp}/**",
    "**/.turbo/**",
    "**/coverage/**",
    "**/test-results/**",
    "**/playwright-report/**",
    "**/fixtures/**",
    "**/templates/**",
    "**/*.generated.*",
    "**/next-env.d.ts",
  ]),
  js.configs.recommended,
  tseslint.configs.strict,
  realtime.configs.recommended,
  {
    name: "house",
    linterOptions: { reportUnusedDisableDirectives: "error", reportUnusedInlineConfigs: "error" },
    rules: {
      "max-lines": ["error", 200],
      "max-params": ["error", 3],
      "no-restricted-syntax": ["error", ...HOUSE, NO_DEFAULT],
      "@typescript-eslint/no-dynamic-delete": "off", // a key that we made ourselves may go the same way
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/triple-slash-reference": ["error", { lib: "never", path: "never", types: "never" }],
    },
  },
  {
    name: "house/default-exports",
    files: DEFAULT_EXPORTS,
    rules: { "no-restricted-syntax": ["error", ...HOUSE] },
  },
  {
    name: "house/published-entries", // each is one line that names the whole entry of a library
    files: ["published/fourgate/src/**"],
    rules: { "no-restricted-syntax": ["error", NO_DEFAULT] },
  },
  {
    name: "house/file-names",
    files: ["**/{utils,helpers,types,common}.*"],
    rules: { "no-restricted-syntax": ["error", ...HOUSE, NO_DEFAULT, NO_BASKET] },
  },
  {
    name: "house/adapters", // the files that know a vendor
    rules: {
      "realtime/no-direct-socket-io": [
        "error",
        {
          allow: [
            "packages/realtime-socket-io/src/**",
            "packages/realtime-client/src/socket-io-*.ts",
            "apps/*/server.ts",
          ],
        },
      ],
      "realtime/no-direct-ws": ["error", { allow: ["packages/realtime-ws/src/**", "apps/*/server.ts"] }],
    },
  },
  {
    name: "house/plain-clients", // tests that play a stranger
    files: ["apps/*/e2e/**", "bench/**", "chaos/**"],
    rules: { "realtime/no-direct-socket-io": "off", "realtime/no-direct-ws": "off" },
  },
  {
    name: "house/shared-config", // as every tsconfig.json extends the root's; and what takes pictures
    files: ["**/{vitest,playwright}.config.ts", "apps/*/scripts/**"],
    rules: { "realtime/imports-go-down": "off" },
  },
  {
    name: "house/javascript",
    files: ["**/*.{js,mjs}"],
    languageOptions: {
      globals: Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, false])),
    },
  },
  {
    name: "house/tests", // a test of channels makes bad ones too, and many in a loop
    files: [...TESTS, ...TYPE_TESTS, "packages/core-testing/src/**"],
    rules: { "realtime/static-channel-name": "off", "realtime/require-scope": "off" },
  },
  {
    name: "house/type-tests", // every line of them must not compile, and none is used
    files: TYPE_TESTS,
    rules: {
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": false }],
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-unused-vars": "off",
    },
  },
  { name: "react", files: ["**/*.tsx", "packages/realtime-react/**"], extends: [reactHooks.configs.flat.recommended] },
  {
    name: "next",
    files: ["apps/**"],
    extends: [reactHooks.configs.flat.recommended, next.configs["core-web-vitals"]],
    settings: { next: { rootDir: join(import.meta.dirname, "apps/*/") } },
  },
);
