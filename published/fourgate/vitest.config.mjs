import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["build/**/*.test.mjs"], isolate: false, testTimeout: 60_000 } });
