import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@repo/source"] },
  ssr: { resolve: { conditions: ["@repo/source"] } },
  test: { include: ["src/**/*.test.ts"], testTimeout: 20_000, hookTimeout: 20_000 }, // a busy machine is no fault
});
