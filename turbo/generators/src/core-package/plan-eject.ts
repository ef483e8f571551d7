import type { Style } from "../code/format.js";
import { Refusal } from "../refusal.js";
import type { Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";
import { corePackages, filesOf, manifestOf, type Sources } from "./core-sources.js";
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
  const files = new Map<string, string>();
  for (const one of wanted)
    if (!isThere(tree, one)) for (const [path, text] of await filesOf(sources.tree, one.folder)) files.set(path, text);
  const copies = [...files].filter(([path]) => tree.read(path) === undefined);
  return [
    ...copies.map(([path, text]) => ({ path, before: undefined, after: text })),
    ...(await planWiring(tree, { donor: sources.tree, wanted, style })),
    ...(await manifestChange(tree, sources, files)),
  ];
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
  const { version } = manifestOf(sources, new Map());
  const isSame = version === present.version && sources.commit === present.commit;
  if (isSame && files.size === 0) return [];
  throw new Refusal(
    `The sources here are those of version ${present.version}${atCommit(present.commit)}, and there is ${version}${atCommit(sources.commit)}: run this with --update.`,
  );
}

function atCommit(commit: string | undefined): string {
  return commit === undefined ? "" : ` (${commit.slice(0, 8)})`;
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
