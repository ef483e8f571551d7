import { formatFile, type Style } from "../code/format.js";
import type { Change } from "./change.js";
import type { Tree } from "./tree.js";

/** Files that are not yet there, formatted; one that is there is its author's, and stays as it is. */
export async function newFiles(
  tree: Tree,
  files: Readonly<Record<string, string>>,
  style: Style,
): Promise<readonly Change[]> {
  const missing = Object.entries(files).filter(([path]) => tree.read(path) === undefined);
  return Promise.all(
    missing.map(async ([path, text]) => ({ path, before: undefined, after: await formatFile(path, text, style) })),
  );
}
