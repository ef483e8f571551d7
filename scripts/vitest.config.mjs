import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["**/*.test.mjs"], isolate: false, testTimeout: 60_000 } });
