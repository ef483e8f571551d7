import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

interface Asset {
  readonly type: string;
  readonly body: Uint8Array;
}

/** What the pages load beside their HTML. */
export interface Assets {
  /** Whether the request was for one of them. */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
}

const PREFIX = "/assets/";
const FILES = [
  ["pages.css", "text/css; charset=utf-8"],
  ["icon.svg", "image/svg+xml"],
] as const;

/** Bundles the browser's side, in parts: the connection is loaded when the page stands. */
export async function bundleAssets(): Promise<Assets> {
  const { outputFiles } = await build({
    entryPoints: [pathOf("../browser/start.ts")],
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["@repo/source"],
    outdir: "/assets",
  });
  const assets = new Map<string, Asset>();
  for (const { path, contents } of outputFiles)
    assets.set(`${PREFIX}${path.split("/").at(-1)}`, { type: "text/javascript; charset=utf-8", body: contents });
  for (const [name, type] of FILES)
    assets.set(PREFIX + name, { type, body: await readFile(pathOf(`../pages/${name}`)) });
  return {
    serve({ url = "" }, response) {
      const asset = assets.get(url.split("?", 1)[0] ?? "");
      if (!asset) return false;
      response.writeHead(200, {
        "content-type": asset.type,
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
      });
      response.end(asset.body);
      return true;
    },
  };
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
