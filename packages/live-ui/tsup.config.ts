import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "foreign-html/index": "src/foreign-html/index.ts",
    "protocol/index": "src/protocol/index.ts",
    "testing/index": "src/testing/index.ts",
  },
  format: "esm",
  target: "es2023",
  dts: true,
  clean: true,
});
