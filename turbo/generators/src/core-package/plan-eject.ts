import type { Style } from "../code/format.js";
import { Refusal } from "../refusal.js";
import type { Change } from "../workspace/change.js";
import { filesBelow, type Tree } from "../workspace/tree.js";
import { corePackages, filesOf, filesOfEjected, manifestOf, NOT_SOURCE, type Sources } from "./core-sources.js";
import { EJECT_MANIFEST, ejectManifestText, readEjectManifest } from "./eject-manifest.js";
import { wireCatalog } from "./wire-catalog.js";
import { wireEslint } from "./wire-eslint.js";
import { wireJson } from "./wire-json.js";
import { packageIn, type WorkspacePackage } from "./workspace-packages.js";

/** What the packages take from the root. */
const ROOT_FILES = [".pnpmfile.mjs"];

/** The sources of the realtime packages, the wiring that they need, and the manifest for the next update. */
export async function planEject(tree: Tree, sources: Sources, style: Style): Promise<readonly Change[]> {
  const wanted = corePackages(sources.tree);
  const isFirst = readEjectManifest(tree) === undefined;
  const files = new Map<string, string>();
  for (const one of wanted) {
    const theirs = await filesOf(sources.tree, one.folder);
    const isInterrupted = isFirst && isPartOf(tree, one.folder, theirs);
    if (isInterrupted || !isThere(tree, one)) for (const [path, text] of theirs) files.set(path, text);
  }
  const copies = [...files].filter(([path]) => tree.read(path) === undefined);
  return [
    ...copies.map(([path, text]) => ({ path, before: undefined, after: text })),
    ...(isFirst ? removedTemporaries(tree, wanted) : []),
    ...(await planWiring(tree, { donor: sources.tree, wanted, style })),
    ...(await manifestChange(tree, sources, files)),
  ];
}

const TEMPORARY = /\.[\da-f-]{36}\.tmp$/; // as stage-file.ts names it

/** Whether what is in a folder is what a run that was killed has copied of it: the manifest is written last. */
function isPartOf(tree: Tree, folder: string, theirs: ReadonlyMap<string, string>): boolean {
  const present = [...filesBelow(tree, folder, NOT_SOURCE)].filter((path) => !TEMPORARY.test(path));
  return tree.list(folder).length > 0 && present.every((path) => theirs.get(path) === tree.read(path));
}

/** What such a run has left beside the files, at the root too. */
function removedTemporaries(tree: Tree, wanted: readonly WorkspacePackage[]): readonly Change[] {
  const below = wanted.flatMap(({ folder }) => [...filesBelow(tree, folder, NOT_SOURCE)]);
  const left = [...tree.list("").map(({ name }) => name), ...below].filter((path) => TEMPORARY.test(path));
  return left.map((path) => ({ path, before: tree.read(path), after: undefined }));
}

/** A package that is there already stays as it is. */
function isThere(tree: Tree, { name, folder }: WorkspacePackage): boolean {
  const present = packageIn(tree, folder);
  if (present?.needs["fourgate"] !== undefined)
    throw new Refusal(`${folder} re-exports fourgate: delete it, then run this again. Its sources get the same name.`);
  if (present?.name === name) return true;
  if (present || tree.list(folder).length > 0)
    throw new Refusal(`${folder} is there already and is not ${name}: move it aside and run this again.`);
  return false;
}

async function manifestChange(
  tree: Tree,
  sources: Sources,
  files: ReadonlyMap<string, string>,
): Promise<readonly Change[]> {
  const present = readEjectManifest(tree);
  if (present === undefined)
    return [{ path: EJECT_MANIFEST, before: undefined, after: ejectManifestText(manifestOf(sources, files)) }];
  const newest = manifestOf(sources, await filesOfEjected(tree, present, sources.tree));
  const changed = Object.keys(newest.files).filter((path) => newest.files[path] !== present.files[path]);
  if (changed.length === 0) return [];
  throw new Refusal(
    `The sources here are those of version ${present.version}; version ${newest.version} has changes in ${changed.length} of them: run this with --update.`,
  );
}

interface Wiring {
  readonly donor: Tree;
  readonly wanted: readonly WorkspacePackage[];
  readonly style: Style;
}

/** The catalog, tasks, tools and lint that the packages need; what is there stays. */
export async function planWiring(tree: Tree, { donor, wanted, style }: Wiring): Promise<readonly Change[]> {
  const rootFiles = ROOT_FILES.filter((path) => tree.read(path) === undefined);
  return [
    wireCatalog(tree, donor, wanted),
    ...(await wireJson(tree, donor)),
    ...(await wireEslint(tree, style)),
    ...rootFiles.flatMap((path) => {
      const text = donor.read(path);
      return text === undefined ? [] : [{ path, before: undefined, after: text }];
    }),
  ];
}
