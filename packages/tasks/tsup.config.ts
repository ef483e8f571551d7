import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", "server/index": "src/server/index.ts", "ui/index": "src/ui/index.ts" },
  format: "esm",
  target: "es2023",
  loader: { ".css": "local-css" }, // the UI's modules; tsup sees no more of a name than its ending
  dts: true,
  clean: true,
});
