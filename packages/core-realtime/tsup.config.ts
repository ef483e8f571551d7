import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "server/index": "src/server/index.ts",
    // for browsers, which pay for nothing else
    "frame-reader": "src/wire/frame-reader.ts",
    digest: "src/digest.ts",
    "keyed-serial-queue": "src/keyed-serial-queue.ts",
  },
  format: "esm",
  target: "es2023",
  dts: true,
  clean: true,
});
