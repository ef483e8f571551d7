import type { Tree } from "../workspace/tree.js";

/** The file name of a migration: the one that the folder already has under this title, or the next number. */
export function migrationName(tree: Tree, folder: string, title: string): string {
  const numbered = tree
    .list(folder)
    .map(({ name }) => name)
    .filter((name) => /^\d{4}_/.test(name));
  const last = Math.max(0, ...numbered.map((name) => Number(name.slice(0, 4))));
  return numbered.find((name) => name.slice(5) === title) ?? `${String(last + 1).padStart(4, "0")}_${title}`;
}
