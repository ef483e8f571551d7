import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@repo/source"] },
  ssr: { resolve: { conditions: ["@repo/source"] } },
  test: {
    testTimeout: 60_000, // no time limit asserts speed: a busy machine must not break one
    hookTimeout: 120_000, // a database server starts, or PGlite is compiled
    expect: { poll: { timeout: 30_000 } },
    globalSetup: ["../postgres-testing/src/global-setup.ts"],
    provide: { postgresVersions: [18, 15] }, // the newest and the oldest that are supported
    maxWorkers: 2,
    isolate: false, // a new process for each file would cost several times what its tests cost
    include: ["src/**/*.test.ts"],
  },
});
