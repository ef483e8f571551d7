import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    connection: "src/connection.ts",
    "htmx/index": "src/htmx/index.ts",
    alpine: "src/alpine.ts",
  },
  format: "esm",
  target: "es2022",
  platform: "browser",
  dts: true,
  clean: true,
});
