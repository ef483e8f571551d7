import { defineConfig } from "vitest/config";
import { patience, shared } from "../../vitest.shared.js";

export default defineConfig({
  ...shared,
  test: {
    ...patience,
    include: ["src/**/*.test.{ts,tsx}"],
    environment: "happy-dom",
    setupFiles: "src/testing/quiet-console.ts",
  },
});
