import { defineConfig } from "tsup";

const ENTRIES = [
  "index",
  "ws-transport",
  "sse-transport",
  "socket-io-transport",
  "auto-transport",
  "memory-transport",
  "shared-tabs-transport",
  "with-events",
  "join-presence",
  "optimistic",
  "query",
  "auto-refresh",
  "debug",
  "indexed-db-outbox",
];

export default defineConfig({
  entry: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.ts`])),
  format: "esm",
  target: "es2022",
  platform: "browser",
  dts: true,
  clean: true,
  esbuildOptions(options) {
    options.minifySyntax = true; // constants are written where they are used while their files are still known
  },
});
