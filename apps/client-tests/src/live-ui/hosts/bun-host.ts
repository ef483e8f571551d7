import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { HostUnderTest } from "./listen.js";

/** The program that the package `bun` brings for this machine, without its install script. */
export function findBun(): string {
  const { resolve } = createRequire(import.meta.url);
  const arch = process.arch === "arm64" ? "aarch64" : process.arch;
  return createRequire(resolve("bun/package.json")).resolve(`@oven/bun-${process.platform}-${arch}/bin/bun`);
}

export async function openBunHost(): Promise<HostUnderTest> {
  const server = fileURLToPath(new URL("bun-server.ts", import.meta.url));
  const bun = spawn(findBun(), ["--conditions=@repo/source", server], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(bun, "exit");
  const port = await Promise.race([once(bun.stdout, "data"), ended.then(() => undefined)]);
  if (!port) throw new Error("Bun ended before it served the site; see its standard error.");
  return {
    origin: `http://127.0.0.1:${String(port[0]).trim()}`,
    async close() {
      bun.kill();
      await ended;
    },
  };
}
