import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGES = fileURLToPath(new URL("../../../packages", import.meta.url));

/** The folder below packages/ and the manifest of a library. */
export function libraryOf(specifier) {
  const name = specifier.split("/")[1];
  const folder = join(PACKAGES, name);
  return { name, folder, manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) };
}

/** The built file of an `@repo` entry, without its ending, below lib/: `@repo/core-realtime/server` → `core-realtime/server/index`. */
export function builtModule(specifier) {
  const { name, manifest } = libraryOf(specifier);
  const entry = `.${specifier.slice(`@repo/${name}`.length)}`;
  const target = manifest.exports[entry]?.default;
  if (target === undefined) throw new TypeError(`${manifest.name} has no entry "${entry}".`);
  return `${name}/${target.replace(/^\.\/dist\//, "").replace(/\.js$/, "")}`;
}
