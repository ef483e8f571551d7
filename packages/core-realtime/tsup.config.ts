import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "server/index": "src/server/index.ts",
    "keyed-serial-queue": "src/keyed-serial-queue.ts", // for browsers, which pay for nothing else
  },
  format: "esm",
  target: "es2023",
  dts: true,
  clean: true,
});
