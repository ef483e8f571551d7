import { readJson } from "../code/json-source.js";
import { Refusal } from "../refusal.js";
import { filesBelow, type Tree } from "../workspace/tree.js";
import { hashOf, type EjectManifest } from "./eject-manifest.js";
import { ejectedText, isLeftBehind } from "./ejected-text.js";
import { closure, workspacePackages, type WorkspacePackage } from "./workspace-packages.js";

/** Fourgate's repository: its files as they are, and as they were at a commit. */
export interface Sources {
  readonly tree: Tree;
  /** The commit that is checked out; undefined where this is no repository. */
  readonly commit: string | undefined;
  /** A file as it was; undefined where it, or the commit, is not there. */
  readAt(commit: string, path: string): string | undefined;
}

const REALTIME = [
  "@repo/core-realtime",
  "@repo/core-events",
  "@repo/core-observability",
  "@repo/core-testing",
  "@repo/live-query",
  "@repo/live-ui",
  "@repo/live-ui-client",
  "@repo/realtime-bridge",
  "@repo/realtime-client",
  "@repo/realtime-devtools",
  "@repo/realtime-entities",
  "@repo/realtime-next",
  "@repo/realtime-postgres",
  "@repo/realtime-presence",
  "@repo/realtime-react",
  "@repo/realtime-socket-io",
  "@repo/realtime-sse",
  "@repo/realtime-tanstack-db",
  "@repo/realtime-ws",
  "eslint-plugin-realtime",
  "@repo/generators",
];

/** Folders of what is installed or built. */
export const NOT_SOURCE: ReadonlySet<string> = new Set([
  "node_modules",
  "dist",
  "coverage",
  ".turbo",
  ".next",
  ".reports",
]);

/** The packages that are copied: the realtime ones, and all that they depend on. */
export function corePackages(donor: Tree): readonly WorkspacePackage[] {
  const offered = workspacePackages(donor);
  const absent = REALTIME.filter((wanted) => !offered.has(wanted));
  if (absent.length > 0)
    throw new Refusal(
      `${absent.join(", ")} cannot be copied from there. Give the place of Fourgate's repository: --from <path>.`,
    );
  return closure(offered, REALTIME);
}

/** The files of one package as another workspace has them: path → text. */
export async function filesOf(donor: Tree, folder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const path of filesBelow(donor, folder, NOT_SOURCE)) {
    const text = donor.read(path);
    if (text !== undefined && !isLeftBehind(path)) files.set(path, await ejectedText(path, text));
  }
  return files;
}

/** The files of every package that was ejected, or is new: path → text. What was there before stays its author's. */
export async function filesOfEjected(
  tree: Tree,
  manifest: EjectManifest,
  donor: Tree,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const untouched = foldersOfAuthor(tree, manifest, donor);
  for (const { folder } of corePackages(donor)) {
    if (untouched.includes(folder)) continue;
    for (const [path, text] of await filesOf(donor, folder)) found.set(path, text);
  }
  return found;
}

/** The folders of packages that were there before the sources were ejected: the manifest has none of their files. */
export function foldersOfAuthor(tree: Tree, { files }: EjectManifest, donor: Tree): readonly string[] {
  const isEjected = (folder: string) => Object.keys(files).some((path) => path.startsWith(`${folder}/`));
  const folders = corePackages(donor).map(({ folder }) => folder);
  return folders.filter((folder) => !isEjected(folder) && tree.list(folder).length > 0);
}

/** The manifest of these files. */
export function manifestOf({ tree, commit }: Sources, files: ReadonlyMap<string, string>): EjectManifest {
  const path = "published/fourgate/package.json";
  const { version = "0.0.0" } = readJson(path, tree.read(path) ?? "{}");
  return {
    version: String(version),
    commit,
    packages: foldersOf(files.keys()),
    files: Object.fromEntries([...files].map(([file, text]) => [file, hashOf(text)])),
  };
}

/** Each package's folder, once. */
function foldersOf(paths: Iterable<string>): readonly string[] {
  const isAlone = (path: string) => path.startsWith("eslint-rules/");
  return [...new Set([...paths].map((path) => path.split("/", isAlone(path) ? 1 : 2).join("/")))].toSorted();
}
