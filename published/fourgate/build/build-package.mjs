// Builds dist/ from the built libraries: each library's files below dist/lib/, each entry a re-export of one of their modules.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { entryFiles, publicName } from "./entry-files.mjs";
import { builtModule, libraryOf } from "./library-modules.mjs";
import { rewriteSpecifiers } from "./rewrite-specifiers.mjs";

const home = fileURLToPath(new URL("..", import.meta.url));
const dist = join(home, "dist");
const entries = entryFiles(join(home, "src"));
const publicNames = new Map(entries.map(({ file, specifier }) => [specifier, publicName(file)]));

rmSync(dist, { recursive: true, force: true });
for (const name of new Set(entries.map(({ specifier }) => libraryOf(specifier).name))) copyLibrary(name);
for (const { file, specifier } of entries) writeEntry(file, specifier);

/** Everything that the library packs, but its entries that only this workspace can use. */
function copyLibrary(name) {
  const { folder, manifest } = libraryOf(`@repo/${name}`);
  for (const part of manifest.files) {
    const target = part === "dist" ? join(dist, "lib", name) : join(dist, "lib", name, part);
    cpSync(join(folder, part), target, { recursive: true });
  }
  for (const entry of unpublishedEntries(manifest)) rmSync(join(dist, "lib", name, entry), { recursive: true });
  for (const file of textFiles(join(dist, "lib", name))) {
    const place = `${name}/${file}`;
    const text = readFileSync(join(dist, "lib", place), "utf8");
    const nameOf = (specifier) => publicNames.get(specifier);
    writeFileSync(join(dist, "lib", place), rewriteSpecifiers(text, { file: place, moduleOf: builtModule, nameOf }));
  }
}

function unpublishedEntries({ name, exports }) {
  return Object.keys(exports)
    .filter((entry) => entry === "./testing" && !publicNames.has(`${name}/testing`))
    .map((entry) => entry.slice(2));
}

function textFiles(folder) {
  return readdirSync(folder, { recursive: true }).filter((file) => /\.(?:m?js|d\.m?ts)$/.test(file));
}

function writeEntry(file, specifier) {
  const up = "../".repeat(file.split("/").length - 1) || "./";
  const line = `export * from "${up}lib/${builtModule(specifier)}.js";\n`;
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  writeFileSync(join(dist, `${file}.js`), line);
  writeFileSync(join(dist, `${file}.d.ts`), line);
}
