import { formatFile, type Style } from "../code/format.js";
import { Refusal } from "../refusal.js";
import type { Change } from "../workspace/change.js";
import { filesBelow, type Tree } from "../workspace/tree.js";

/** Files that go, and what the generators would have written into them. */
export interface Leaving {
  readonly paths: readonly string[];
  /** Path → each text that is ours. */
  readonly ours: ReadonlyMap<string, readonly string[]>;
}

/** Those of the files that are there; refuses to remove what has none. */
export function checkIsThere(tree: Tree, paths: readonly string[]): readonly string[] {
  const there = paths.filter((path) => tree.read(path) !== undefined);
  if (there.length > 0) return there;
  throw new Refusal(`${paths[0]} is not there: nothing is removed. \`list\` shows what there is.`);
}

/** Refuses to remove a file that its author has changed. */
export async function checkIsOurs(tree: Tree, { paths, ours }: Leaving, style: Style): Promise<void> {
  const changed: string[] = [];
  for (const path of paths) {
    const text = plain(tree.read(path) ?? "");
    const known = await Promise.all((ours.get(path) ?? []).map((one) => asWritten(path, one, style)));
    if (!known.some((one) => plain(one) === text)) changed.push(path);
  }
  if (changed.length > 0)
    throw new Refusal(`${listed(changed)} changed by hand. Add --force to remove what is there all the same.`);
}

function asWritten(path: string, text: string, style: Style): Promise<string> | string {
  return path.endsWith(".sql") ? text : formatFile(path, text, style); // Prettier knows no SQL
}

/** Refuses to remove what other files use; `uses` finds it in a text. */
export function checkIsUnused(tree: Tree, leaving: readonly string[], uses: RegExp): void {
  const others = ["apps", "packages"]
    .flatMap((folder) => filesBelow(tree, folder, NOT_SOURCES))
    .filter((path) => /\.(ts|tsx|mts)$/.test(path) && !leaving.includes(path));
  const users = others.filter((path) => uses.test(tree.read(path) ?? ""));
  if (users.length > 0)
    throw new Refusal(
      `It is used in ${users.join(", ")}: take it out there first, or add --force and repair what no longer compiles.`,
    );
}

/** What is no source of a workspace. */
export const NOT_SOURCES: ReadonlySet<string> = new Set(["node_modules", "dist", ".next", ".turbo", ".reports"]);

/** A file that goes. */
export function removal(tree: Tree, path: string): Change {
  return { path, before: tree.read(path), after: undefined };
}

function plain(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

function listed(paths: readonly string[]): string {
  return paths.length === 1 ? `${paths[0]} was` : `${paths.join(", ")} were`;
}
