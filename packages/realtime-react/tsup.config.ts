import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", "auto-refresh": "src/auto-refresh.ts", server: "src/server.ts" },
  format: "esm",
  target: "es2022",
  dts: true,
  clean: true,
});
