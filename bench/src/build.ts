import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const run = promisify(execFile);
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What the bench starts: programs with their first arguments. */
export interface Programs {
  readonly server: string;
  readonly load: readonly [command: string, ...args: string[]];
  /** The language of the load client. */
  readonly loadName: string;
  remove(): Promise<void>;
}

/** Builds the server processes from the packages' sources, and the load client with the machine's C compiler, where there is one and it is wanted. */
export async function buildPrograms(wantsC: boolean): Promise<Programs> {
  await mkdir(at("../dist"), { recursive: true });
  const folder = await mkdtemp(at("../dist/run-")); // of its own, for runs at the same time; in here, so that ws is found
  const remove = () => rm(folder, { recursive: true, force: true });
  await build({
    entryPoints: { server: at("server/server-process.ts"), load: at("load/node-load.ts") },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["@repo/source"],
    external: ["ws", "engine.io", "socket.io", "socket.io-adapter", "socket.io-parser", "zod"],
    sourcemap: true, // for profiles
    logLevel: "error",
  });
  const server = `${folder}/server.mjs`;
  if (wantsC && (await compile(`${folder}/load`))) return { server, load: [`${folder}/load`], loadName: "C", remove };
  return { server, load: [process.execPath, `${folder}/load.mjs`], loadName: "Node", remove };
}

/** False where there is no compiler. */
async function compile(program: string): Promise<boolean> {
  const sources = ["load.c", "peer.c", "websocket.c", "sse.c", "tally.c"].map((file) => at(`../load/${file}`));
  try {
    await run("cc", ["-O2", "-o", program, ...sources]);
    return true;
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    return false;
  }
}

function isMissing(cause: unknown): boolean {
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === "ENOENT";
}
