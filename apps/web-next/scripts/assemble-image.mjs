// The files of the container's image, in .image/: node scripts/assemble-image.mjs. Needs the built packages (`turbo run image` builds them).
// With `--built` the pages are those of the last build.
// The pages as Next's standalone output traces them, server.ts bundled, and the files of the packages that the bundle imports.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const { nodeFileTrace } = createRequire(import.meta.url)("next/dist/compiled/@vercel/nft");
const app = join(import.meta.dirname, "..");
const root = join(app, "../..");
const image = join(app, ".image");

rmSync(image, { recursive: true, force: true });
if (!process.argv.includes("--built")) buildPages();
await bundleServer();
cpSync(join(app, ".next/standalone"), image, { recursive: true, verbatimSymlinks: true });
rmSync(join(image, "apps/web-next/server.js")); // Next's own, in whose place ours runs
for (const folder of ["src", "e2e"]) rmSync(join(image, "apps/web-next", folder), { recursive: true, force: true }); // traced, but compiled already
copy("apps/web-next/.next/static");
copy("apps/web-next/dist");
const packages = new Set();
for (const file of await tracedFiles([join(app, "dist/server.mjs")])) {
  copy(file);
  const library = /^packages\/[^/]+/.exec(file)?.[0];
  if (library) packages.add(library);
}
for (const library of packages) {
  const { files } = JSON.parse(readFileSync(join(root, library, "package.json"), "utf8"));
  for (const file of ["package.json", ...files]) copy(join(library, file)); // what is read at run time, SQL and workers, too
  const workers = files.filter((file) => file !== "dist").flatMap((file) => filesBelow(join(root, library, file)));
  for (const file of await tracedFiles(workers.filter((file) => file.endsWith(".mjs")))) copy(file);
}
for (const file of filesBelow(image)) if (/\.(?:map|d\.[cm]?ts|md)$/i.test(file)) rmSync(file);

function buildPages() {
  const env = { ...process.env, NEXT_OUTPUT: "standalone", NEXT_TELEMETRY_DISABLED: "1" };
  const { status } = spawnSync(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    cwd: app,
    env,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** One file beside the SQL and the database that it reads. */
async function bundleServer() {
  rmSync(join(app, "dist"), { recursive: true, force: true });
  const outfile = join(app, "dist/server.mjs");
  await build({
    entryPoints: [join(app, "server.ts")],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node22",
  });
  const scripts = readdirSync(join(app, "src/server"), { recursive: true }).filter((file) =>
    /\.(?:sql|br)$/.test(file),
  );
  for (const script of scripts) cpSync(join(app, "src/server", script), join(app, "dist", script.split("/").at(-1)));
}

/** What some files import, but for Next and React, which the standalone output has. */
async function tracedFiles(entries) {
  const { fileList } = await nodeFileTrace(entries, {
    base: root,
    ignore: (file) => /node_modules\/(?:next|react|react-dom|@next\/[^/]+|sharp|@img\/[^/]+)\//.test(file),
  });
  return fileList;
}

/** Keeps links between packages as they are: pnpm's node_modules are made of them. */
function copy(file) {
  const [from, to] = [join(root, file), join(image, file)];
  if (!existsSync(from) || (existsSync(to) && !lstatSync(from).isDirectory())) return;
  mkdirSync(dirname(to), { recursive: true });
  if (lstatSync(from).isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

/** Follows no link: `readdirSync` with `recursive` does, on Node 24 and not on 20, and lists a linked package's files twice. */
function filesBelow(path) {
  const entry = lstatSync(path);
  if (entry.isDirectory()) return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
  return entry.isSymbolicLink() ? [] : [path];
}
