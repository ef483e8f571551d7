import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", main: "src/main.ts", turbo: "src/turbo.ts" },
  format: "esm",
  target: "es2023",
  dts: true,
  clean: true,
  esbuildOptions: (options) => {
    options.mainFields = ["module", "main"]; // jsonc-parser's CommonJS form cannot be bundled
  },
});
