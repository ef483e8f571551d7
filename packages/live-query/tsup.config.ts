import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", "reads/index": "src/reads/index.ts", "cli/main": "src/cli/main.ts" },
  format: "esm",
  target: "es2023",
  dts: true,
  clean: true,
});
