// No two source files of one package have the same name, so that a name finds one file.
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceFiles } from "../gate/source-files.mjs";
import { root } from "../gate/workspace.mjs";

const SOURCE = /\.(?:ts|tsx|mjs)$/;
const NOT_OURS = /^apps\/|\/fixtures\/|\/templates\/|^published\/fourgate\/src\//; // a framework names the files of an app, an import path those of an entry
const ENTRY = "index.ts";

/** Every name that a package uses twice, with the files that have it. */
export function repeatedNames(files) {
  const places = new Map();
  for (const file of files) {
    const name = basename(file);
    if (!SOURCE.test(file) || NOT_OURS.test(file) || name === ENTRY) continue;
    const key = `${memberOf(file)} ${name}`;
    places.set(key, [...(places.get(key) ?? []), file]);
  }
  return [...places.values()]
    .filter(({ length }) => length > 1)
    .map((same) => `the same name twice: ${same.join(", ")}`);
}

/** `packages/ping/src/…` belongs to `packages/ping`, `chaos/src/…` to `chaos`. */
function memberOf(file) {
  const [first, second] = file.split("/");
  return ["packages", "published", "turbo"].includes(first) ? `${first}/${second}` : first;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = repeatedNames(sourceFiles(root));
  for (const problem of found) console.error(problem);
  process.exitCode = found.length === 0 ? 0 : 1;
}
