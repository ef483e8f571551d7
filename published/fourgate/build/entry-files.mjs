import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const RE_EXPORT = /^export \* from "(@repo\/[^"]+)";\n$/;

/** The entries of the package: the file below src/ without its ending, and the `@repo` entry that it re-exports. */
export function entryFiles(sources) {
  return readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => relative(sources, join(found.parentPath, found.name)))
    .sort()
    .map((file) => ({
      file: file.replace(/\.ts$/, ""),
      specifier: reExportOf(readFileSync(join(sources, file), "utf8"), file),
    }));
}

function reExportOf(text, file) {
  const specifier = RE_EXPORT.exec(text)?.[1];
  if (specifier === undefined) throw new TypeError(`src/${file} must be one line: export * from "@repo/…";`);
  return specifier;
}

/** The import path that users write for an entry: `react/server` becomes `fourgate/react/server`. */
export function publicName(file) {
  return `fourgate/${file}`.replace(/\/index$/, "");
}
