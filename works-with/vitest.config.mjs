import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["*.test.mjs", "run/*.test.mjs"],
    testTimeout: 900_000, // an install, a build of Next and two browsers, on a machine that does other things too
    hookTimeout: 300_000,
  },
});
