import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@repo/source"] },
  ssr: { resolve: { conditions: ["@repo/source"] } },
  test: {
    testTimeout: 20_000, // no time limit asserts speed: a busy machine must not break one
    hookTimeout: 20_000,
    expect: { poll: { timeout: 15_000 } },
    isolate: false, // a new process for each file would cost several times what its tests cost
    unstubGlobals: true,
    globalSetup: ["../../packages/postgres-testing/src/global-setup.ts"], // one server for the run
    include: ["src/**/*.test.ts"],
  },
});
