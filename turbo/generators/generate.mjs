#!/usr/bin/env node
// The entry for `node` and for `turbo gen`: Node 20 cannot read TypeScript, so tsx reads it for them. No build, on a fresh clone either.
import module from "node:module";
import { register } from "tsx/esm/api";

register();
module.register("./source-condition.mjs", import.meta.url);
await import("./src/cli.ts");
