import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@repo/source"] },
  ssr: { resolve: { conditions: ["@repo/source"] } },
  test: {
    testTimeout: 60_000, // no time limit asserts speed: a busy machine must not break one
    hookTimeout: 20_000,
    expect: { poll: { timeout: 30_000 } },
    isolate: false, // a new process for each file would cost several times what its tests cost
    include: ["src/**/*.test.ts"],
  },
});
