import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const run = promisify(execFile);
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What the bench starts: programs with their first arguments. */
export interface Programs {
  readonly server: string;
  readonly load: readonly [command: string, ...args: string[]];
  /** Says which load client it is. */
  readonly loadName: string;
}

/** Builds the server processes from the packages' sources, and the load client with the machine's C compiler, where there is one and it is wanted. */
export async function buildPrograms(wantsC: boolean): Promise<Programs> {
  await build({
    entryPoints: { server: at("server/server-process.ts"), load: at("load/node-load.ts") },
    outdir: at("../dist"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["@repo/source"],
    external: ["ws", "engine.io", "socket.io", "socket.io-adapter", "socket.io-parser", "zod"],
    logLevel: "error",
  });
  const server = at("../dist/server.mjs");
  const inNode: Programs = { server, load: [process.execPath, at("../dist/load.mjs")], loadName: "Node" };
  if (!wantsC) return inNode;
  const compiled = at("../dist/load");
  const sources = ["load.c", "peer.c", "tally.c"].map((file) => at(`../load/${file}`));
  try {
    await run("cc", ["-O2", "-o", compiled, ...sources]);
    return { server, load: [compiled], loadName: "C" };
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    return inNode;
  }
}

function isMissing(cause: unknown): boolean {
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === "ENOENT";
}
