import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { NextConfig } from "next";

const SECURITY_HEADERS = [
  {
    key: "Content-Security-Policy",
    value: "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'",
  },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "X-Content-Type-Options", value: "nosniff" },
];

/** One widget, which pages of any origin may show. */
const EMBED_HEADERS = [
  { key: "Content-Security-Policy", value: "base-uri 'none'; object-src 'none'; form-action 'none'" },
  { key: "Referrer-Policy", value: "no-referrer" }, // the address has the token
];

const BASE_PATH = process.env["BASE_PATH"] ?? ""; // as environment.ts reads it; a build has it fixed

const ROOT = join(import.meta.dirname, "../..");
const PACKAGE_SOURCES = /^packages\/[^/]+\/src\//;
const { resolve } = createRequire(import.meta.url);

const SOURCES = { condition: { path: PACKAGE_SOURCES }, loaders: [resolve("./extensionless-imports.loader.cjs")] };

const config: NextConfig = {
  distDir: process.env["NEXT_DIST_DIR"] ?? ".next", // the end-to-end tests keep theirs apart from a demo that is running
  basePath: BASE_PATH,
  env: { NEXT_PUBLIC_BASE_PATH: BASE_PATH },
  ...(process.env["NEXT_OUTPUT"] === "standalone" && { output: "standalone" as const }), // for the container's image
  poweredByHeader: false,
  allowedDevOrigins: ["localhost", "127.0.0.1"], // both addresses that the server prints
  typescript: { ignoreBuildErrors: true }, // `pnpm types` checks them, with the compiler of the whole workspace
  headers: async () => [
    { source: "/:path*", headers: SECURITY_HEADERS },
    { source: "/embed", headers: EMBED_HEADERS }, // the last one of a name counts
  ],
  turbopack: {
    root: ROOT,
    resolveAlias: packageSources(),
    rules: {
      "*.ts": SOURCES,
      "*.tsx": SOURCES,
    },
  },
};

export default config;

/** Each entry of each package → its source, so that nothing needs a build first: Turbopack takes no export condition of ours. */
function packageSources(): Record<string, string> {
  const folders = readdirSync(join(ROOT, "packages")).filter((folder) => existsSync(manifestOf(folder)));
  return Object.fromEntries(folders.flatMap(sourcesOf));
}

function sourcesOf(folder: string): [entry: string, source: string][] {
  const { name, exports } = JSON.parse(readFileSync(manifestOf(folder), "utf8"));
  const targets = Object.entries<Readonly<Record<string, string>>>(exports);
  return targets.map(([entry, target]) => [join(name, entry), `../../packages/${folder}/${target["@repo/source"]}`]);
}

function manifestOf(folder: string): string {
  return join(ROOT, "packages", folder, "package.json");
}
