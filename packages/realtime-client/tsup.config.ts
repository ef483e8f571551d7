import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "ws-transport": "src/ws-transport.ts",
    "memory-transport": "src/memory-transport.ts",
  },
  format: "esm",
  target: "es2022",
  platform: "browser",
  dts: true,
  clean: true,
});
