#!/usr/bin/env node
// The door for `node` and for `turbo gen`: Node 20 cannot read TypeScript, so tsx reads it for them. No build, on a fresh clone either.
import { register } from "tsx/esm/api";

register();
await import("./src/cli.ts");
