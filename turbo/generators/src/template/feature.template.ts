import { ANCHORS } from "../feature/anchors.js";
import type { FeatureNames } from "../feature/names.js";
import { bindTestTemplate } from "./bind-test.template.js";
import { featureReadmeTemplate } from "./feature-readme.template.js";

/** Every file of a new feature, by its path inside the package. */
export function featureTemplate(names: FeatureNames): Readonly<Record<string, string>> {
  return {
    "package.json": manifest(names),
    "turbo.json": `{ "extends": ["//"], "tags": ["feature"] }`,
    "tsconfig.json": `{ "extends": "../../tsconfig.base.json", "compilerOptions": { "types": ["node"] }, "include": ["src", "*.config.ts"] }`,
    "tsup.config.ts": TSUP,
    "vitest.config.ts": VITEST,
    "README.md": featureReadmeTemplate(names),
    "src/index.ts": barrel(names),
    "src/di/bind.test.ts": bindTestTemplate(names),
    "src/di/bind-context.ts": BIND_CONTEXT,
    "src/di/symbols.ts": symbols(names),
    "src/di/bind-production.ts": production(names),
    "src/di/bind-dev-seed.ts": devSeed(names),
  };
}

function manifest({ feature, packageName }: FeatureNames): string {
  return JSON.stringify({
    name: packageName,
    version: "0.1.0",
    description: `The ${feature} feature: its channels and their handlers.`,
    license: "MIT",
    private: true,
    type: "module",
    sideEffects: false,
    files: ["dist"],
    exports: { ".": { "@repo/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" } },
    scripts: { build: "tsup", types: "tsc", test: "vitest run" },
    dependencies: {
      "@repo/core-events": "workspace:*",
      "@repo/core-observability": "workspace:*",
      "@repo/core-realtime": "workspace:*",
      zod: "catalog:",
    },
    devDependencies: {
      "@repo/core-testing": "workspace:*",
      "@types/node": "catalog:",
      "@typescript/native": "catalog:",
      tsup: "catalog:",
      typescript: "catalog:",
      vitest: "catalog:",
    },
  });
}

const TSUP = `import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts", "src/live/*.live-table.ts", "src/ui/*.ts"],
  format: "esm",
  target: "es2023",
  dts: true,
  clean: true,
});
`;

const VITEST = `import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@repo/source"] },
  ssr: { resolve: { conditions: ["@repo/source"] } },
  test: {
    testTimeout: 20_000, // no time limit asserts speed: a busy machine must not break one
    hookTimeout: 20_000,
    expect: { poll: { timeout: 15_000 } },
    include: ["src/**/*.test.ts"],
  },
});
`;

function barrel({ channels, bindProduction, bindDevSeed }: FeatureNames): string {
  return `export type { BindContext } from "./di/bind-context";
export { ${bindDevSeed} } from "./di/bind-dev-seed";
export { ${bindProduction} } from "./di/bind-production";
${ANCHORS.channels.line}

/** Every channel of this feature. */
export const ${channels} = [] as const;
`;
}

const BIND_CONTEXT = `import type { IEventBus } from "@repo/core-events";
import type { ILogger, ITracer } from "@repo/core-observability";
import type { IRealtimeBroadcaster, IRealtimeHandlerRegistry } from "@repo/core-realtime";

/** What an app passes to a feature. A new dependency is declared here alone: the app's \`features.ts\` requires it from then on. */
export interface BindContext {
  readonly registry: IRealtimeHandlerRegistry;
  readonly realtime: IRealtimeBroadcaster;
  readonly bus: IEventBus;
  readonly tracer: ITracer;
  readonly logger: ILogger;
}
`;

function symbols({ handlers }: FeatureNames): string {
  return `/** What the handlers of this feature are called in traces. */
export const ${handlers} = {
  ${ANCHORS.symbols.line}
} as const;
`;
}

function production({ bindProduction }: FeatureNames): string {
  return `import type { BindContext } from "./bind-context";

/** Registers the channels of this feature and their handlers; returns the undo. */
export function ${bindProduction}(_context: BindContext): () => void {
  const undo: readonly (() => void)[] = [
    ${ANCHORS.production.line}
  ];
  return () => undo.forEach((undoOne) => undoOne());
}
`;
}

function devSeed({ bindProduction, bindDevSeed }: FeatureNames): string {
  return `import type { BindContext } from "./bind-context";
import { ${bindProduction} } from "./bind-production";

/** As in production; the place for sample data in development. Returns the undo. */
export function ${bindDevSeed}(context: BindContext): () => void {
  const undo = [
    ${bindProduction}(context),
    ${ANCHORS.devSeed.line}
  ];
  return () => undo.forEach((undoOne) => undoOne());
}
`;
}
