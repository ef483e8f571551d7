// One shape for every member of the workspace, so that the gate can run and count them all alike.
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { members, root, turboOf } from "../gate/workspace.mjs";

const TAGS = Object.keys(turboOf(root).boundaries.tags);
const CONDITIONS = ["@repo/source", "types", "default"];
const LIBRARY_SCRIPTS = { build: "tsup", types: "tsc", test: "vitest run" };

/** What is unlike the others in a member; `place` is its folder below the root. */
export function shapeProblems({ place, manifest, turbo, hasReadme }) {
  const isLibrary = place.startsWith("packages/");
  const found = [
    isPublished(manifest) ||
      manifest.private === true ||
      `"private": true is missing, or "publishConfig" where it is to be published`,
    !isPublished(manifest) || manifest.private === undefined || `"private" would keep it from being published`,
    manifest.type === "module" || `"type": "module" is missing`,
    manifest.license === "MIT" || `"license": "MIT" is missing`,
    manifest.scripts?.test === undefined ||
      manifest.scripts.test === "vitest run" ||
      `"test" must be "vitest run": the gate appends to it`,
    (TAGS.includes(turbo?.tags?.[0]) && turbo.tags.length === 1) || `turbo.json needs one tag of ${TAGS.join(", ")}`,
    manifest.dependencies?.next === undefined ||
      manifest.scripts?.["test:e2e"] !== undefined ||
      `"test:e2e" is missing: what has pages is tested in a browser`,
    hasReadme || !isLibrary || "README.md is missing",
    ...dependencyProblems(manifest),
    ...(isLibrary ? libraryProblems(manifest) : []),
  ];
  return found.filter((problem) => problem !== true).map((problem) => `${place}: ${problem}`);
}

/** The fields that state how it is published. */
function isPublished({ publishConfig }) {
  return publishConfig !== undefined;
}

function dependencyProblems({ dependencies, devDependencies }) {
  return Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) => {
    const wanted = name.startsWith("@repo/") || version.startsWith("workspace:") ? "workspace:*" : "catalog:";
    return version === wanted || `${name} must be "${wanted}", not "${version}": versions live in pnpm-workspace.yaml`;
  });
}

function libraryProblems({ name, sideEffects, exports, scripts }) {
  return [
    name.startsWith("@repo/") || `the name must begin with "@repo/"`,
    sideEffects !== undefined || `"sideEffects" is missing`,
    ...Object.entries(LIBRARY_SCRIPTS).map(
      ([script, body]) => scripts?.[script] === body || `the script "${script}" must be "${body}"`,
    ),
    ...Object.entries(exports ?? { ".": {} }).map(([entry, target]) => entryProblem(entry, target) ?? true),
  ];
}

/** Order counts: the first condition that matches wins. */
function entryProblem(entry, target) {
  if (typeof target === "string" || String(Object.keys(target)) === String(CONDITIONS)) return undefined;
  return `exports["${entry}"] must have ${CONDITIONS.join(", ")}, in this order`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = members().flatMap(({ folder, manifest }) => {
    return shapeProblems({
      place: relative(root, folder),
      manifest,
      turbo: turboOf(folder),
      hasReadme: existsSync(join(folder, "README.md")),
    });
  });
  for (const problem of found) console.error(problem);
  process.exitCode = found.length === 0 ? 0 : 1;
}
