import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One complaint of a linter: `packages/a/src/index.ts:3:1 no-direct-ws`. */
export type Finding = string;

/** What the fixtures below a folder ask for: `// ! no-direct-ws@1` is that rule, on that line, at that column. */
export function expectedFindings(root: string, below: string): readonly Finding[] {
  const files = readdirSync(join(root, below), { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  return files.flatMap((file) => findingsIn(root, join(below, file).replaceAll("\\", "/"))).sort();
}

function findingsIn(root: string, file: string): readonly Finding[] {
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  return lines.flatMap((line, index) =>
    [...line.matchAll(/! ([\w-]+)@(\d+)/g)].map(([, rule, column]) => `${file}:${index + 1}:${column} ${rule}`),
  );
}
