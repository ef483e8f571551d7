import { spawnSync } from "node:child_process";
import { join } from "node:path";

const IMPORT = `
  const [, ...specifiers] = process.argv;
  for (const specifier of specifiers) {
    try {
      if (Object.keys(await import(specifier)).length === 0) console.log(specifier + ": exports nothing at run time");
    } catch (error) {
      console.log(specifier + ": " + String(error?.message ?? error).split("\\n")[0]);
    }
  }
  process.exit();`;

/** What Node reports when it imports every entry of the packed packages, from outside the workspace and without its conditions. */
export function importProblems(packages, folder) {
  const specifiers = packages.flatMap(({ manifest }) => entries(manifest));
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", IMPORT, ...specifiers], {
    cwd: folder,
    encoding: "utf8",
  });
  return status === 0 ? stdout.split("\n").filter(Boolean) : [`import: Node ended with ${status}: ${stderr}`];
}

function entries({ name, exports = {} }) {
  return Object.entries(exports)
    .filter(([, target]) => typeof target === "object" && "default" in target) // "./package.json", a style sheet: no code
    .map(([subpath]) => join(name, subpath));
}
