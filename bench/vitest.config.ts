import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@repo/source"] },
  ssr: { resolve: { conditions: ["@repo/source"] } },
  test: { include: ["src/**/*.test.ts"], isolate: false, testTimeout: 60_000, hookTimeout: 60_000 },
});
