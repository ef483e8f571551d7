import { expect, it } from "vitest";
import { withRealtimeRules } from "./lint-config.js";

const STOCK = `import { nextJsConfig } from "@repo/eslint-config/next-js";

/** @type {import("eslint").Linter.Config[]} */
export default nextJsConfig;
`;

it("adds the rules to a config that exports a name", () => {
  expect(withRealtimeRules(STOCK)).toBe(`import { defineConfig } from "eslint/config";
import realtime from "eslint-plugin-realtime";
import { nextJsConfig } from "@repo/eslint-config/next-js";

/** @type {import("eslint").Linter.Config[]} */
export default defineConfig(nextJsConfig, realtime.configs.recommended);
`);
});

it("changes nothing where the rules are there", () => {
  const once = withRealtimeRules(STOCK) ?? "";
  expect(withRealtimeRules(once)).toBe(once);
});

it.each([
  ["a list", `import a from "a";\nexport default [a];\n`],
  ["a call", `import a from "a";\nexport default defineConfig(a);\n`],
  ["CommonJS", `module.exports = [];\n`],
  ["a name that the new lines would repeat", `import realtime from "other";\nexport default realtime;\n`],
  [
    "an import of defineConfig",
    `import { defineConfig } from "eslint/config";\nconst a = defineConfig([]);\nexport default a;\n`,
  ],
])("gives undefined for %s", (_, text) => {
  expect(withRealtimeRules(text)).toBeUndefined();
});
