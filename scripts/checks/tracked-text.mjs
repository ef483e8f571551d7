// What no file of ours may hold: a path of the machine it was written on, and, in the lock file, a registry's address.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceFiles } from "../gate/source-files.mjs";
import { root } from "../gate/workspace.mjs";

const HOME_PATH = /(?<![\w.~-])\/(?:home|Users|root)\/[\w.-]+\//;
const REGISTRY = /(?:resolution|tarball|registry)\b.*https?:\/\//;
const CONFIG = /(?:^|\/)(?:pnpm-lock\.yaml|\.npmrc|package-lock\.json)$/;

/** What is wrong with one file, line by line. `machinePaths` are those of this machine. */
export function textProblems(file, text, machinePaths) {
  return text.split("\n").flatMap((line, index) => {
    const at = `${file}:${index + 1}`;
    const path = machinePaths.find((known) => line.includes(known)) ?? line.match(HOME_PATH)?.[0];
    return [
      ...(path ? [`${at} holds a path of one machine: ${path}`] : []),
      ...(CONFIG.test(file) && REGISTRY.test(line) ? [`${at} names a registry: ${line.trim()}`] : []),
    ];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = sourceFiles(root);
  const problems = files.flatMap((file) => textProblems(file, readFileSync(join(root, file), "utf8"), [`${root}/`]));
  for (const problem of problems) console.error(problem);
  console.log(`${files.length} files read, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
