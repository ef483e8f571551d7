import type { Files } from "./generated.js";

const NAMES = [
  "core-realtime",
  "core-events",
  "core-observability",
  "core-testing",
  "live-query",
  "live-ui",
  "live-ui-client",
  "realtime-bridge",
].concat(
  ["client", "devtools", "entities", "next", "postgres", "presence", "react", "sse", "tanstack-db", "ws"].map(
    (name) => `realtime-${name}`,
  ),
);

/** A small Fourgate: every package that is asked for, one that they need, and one that nobody does. */
export const DONOR: Files = {
  ...Object.fromEntries(NAMES.map((name) => [`packages/${name}/package.json`, `{ "name": "@repo/${name}" }`])),
  "packages/realtime-socket-io/package.json": `{ "name": "@repo/realtime-socket-io", "scripts": { "build": "tsup", "test": "vitest run" }, "dependencies": { "ws": "catalog:", "@repo/needed": "workspace:*" } }`,
  "packages/realtime-socket-io/turbo.json": `{ "extends": ["//"], "tags": ["adapter"] }`,
  "packages/realtime-socket-io/src/index.ts": "socket",
  "packages/realtime-socket-io/src/index.test.ts": "test",
  "packages/realtime-socket-io/src/index.types.ts": "type test",
  "packages/realtime-socket-io/src/server-under-test.ts": "for tests",
  "packages/realtime-socket-io/vitest.config.ts": "for tests",
  "packages/realtime-socket-io/dist/index.js": "built",
  "packages/realtime-socket-io/node_modules/ws/index.js": "installed",
  "packages/needed/package.json": `{ "name": "@repo/needed", "devDependencies": { "zod": "catalog:" }, "peerDependencies": { "zod": ">=4" } }`,
  "packages/ping/package.json": `{ "name": "@repo/ping" }`,
  "eslint-rules/package.json": `{ "name": "eslint-plugin-realtime" }`,
  "published/fourgate/package.json": `{ "version": "1.2.3" }`,
  "turbo/generators/package.json": `{ "name": "@repo/generators" }`,
  "pnpm-workspace.yaml": `allowBuilds:\n  esbuild: false\noverrides:\n  engine.io: "catalog:"\ncatalog:\n  engine.io: 6.6.11\n  turbo: 2.11.9\n  unasked: 1.0.0\n  ws: 8.23.0\n  zod: 4.6.7\n`,
  "package.json": `{ "packageManager": "pnpm@12.21.0" }`,
  "tsconfig.base.json": `{ "compilerOptions": { "module": "ESNext", "moduleResolution": "Bundler", "customConditions": ["@repo/source"], "noEmit": true, "noUnusedLocals": true } }`,
  "turbo.json": `{ "tasks": { "test": {} }, "boundaries": { "tags": { "core": {} } } }`,
  ".pnpmfile.mjs": "hooks",
};

/** A pnpm workspace that has nothing of it. */
export const THEIRS: Files = {
  "package.json": `{ "name": "theirs" }`,
  "pnpm-workspace.yaml": "packages:\n  - apps/*\n",
};
