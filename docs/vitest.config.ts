import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@repo/source"] },
  ssr: { resolve: { conditions: ["@repo/source"] } },
  test: {
    testTimeout: 20_000, // no time limit asserts speed: a busy machine must not break one
    hookTimeout: 20_000,
    globalSetup: ["../packages/postgres-testing/src/global-setup.ts"],
    expect: { poll: { timeout: 15_000 } },
    include: ["examples/**/*.test.{ts,tsx}", "site/*.test.mjs"],
  },
});
