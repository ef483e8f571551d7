import type { Style } from "../code/format.js";
import { Refusal } from "../refusal.js";
import type { Change } from "../workspace/change.js";
import type { Tree } from "../workspace/tree.js";
import { corePackages, filesOfEjected, foldersOfAuthor, manifestOf, type Sources } from "./core-sources.js";
import { EJECT_MANIFEST, ejectManifestText, hashOf, readEjectManifest, type EjectManifest } from "./eject-manifest.js";
import { ejectedText } from "./ejected-text.js";
import { planWiring } from "./plan-eject.js";
import { mergeThreeWays } from "./three-way-merge.js";

interface Options {
  readonly sources: Sources;
  readonly style: Style;
  /** Files that stay as they are and count as merged: somebody has done it by hand. */
  readonly keep: readonly string[];
  readonly onRemark: (remark: string) => void;
}

/**
 * Brings ejected sources to the version of `sources`: the base is what was ejected, ours is what the workspace has, theirs
 * is the new version. Refuses, with a list of what could not be merged; then nothing is written.
 */
export async function planUpdate(tree: Tree, options: Options): Promise<readonly Change[]> {
  const manifest = readEjectManifest(tree);
  if (manifest === undefined)
    throw new Refusal(`There is no ${EJECT_MANIFEST} here: no sources were ejected into this workspace.`);
  const { sources, style, keep, onRemark } = options;
  const theirs = await filesOfEjected(tree, manifest, sources.tree);
  const changes: Change[] = [];
  const problems: string[] = [];
  for (const [path, text] of theirs) {
    const outcome = keep.includes(path) ? undefined : await updated(tree, { path, text, manifest, sources });
    if (typeof outcome === "string") problems.push(`${path}: ${outcome}`);
    else if (outcome) changes.push(outcome);
  }
  if (problems.length > 0) throw new Refusal(problemText(problems, manifest));
  for (const path of Object.keys(manifest.files))
    if (!theirs.has(path) && tree.read(path) !== undefined)
      onRemark(`${path} is no part of the new version: delete it, unless you use it.`);
  for (const folder of foldersOfAuthor(tree, manifest, sources.tree))
    onRemark(`${folder} was here before the sources were ejected: it stays as it is.`);
  const after = ejectManifestText(manifestOf(sources, theirs));
  return [
    ...changes,
    ...(await planWiring(tree, { donor: sources.tree, wanted: corePackages(sources.tree), style })),
    { path: EJECT_MANIFEST, before: tree.read(EJECT_MANIFEST), after },
  ];
}

interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly manifest: EjectManifest;
  readonly sources: Sources;
}

/** The change of one file, undefined where there is none, or why there can be none. */
async function updated(tree: Tree, file: NewFile): Promise<Change | string | undefined> {
  const { path, text: theirs, manifest } = file;
  const ours = tree.read(path);
  const was = manifest.files[path];
  const take = { path, before: ours, after: theirs };
  if (ours !== undefined && hashOf(ours) === hashOf(theirs)) return undefined;
  if (was === undefined) return ours === undefined ? take : "the new version has a file of this name as well";
  if (was === hashOf(theirs)) return undefined; // the new version has not changed it
  if (ours === undefined) return "you have deleted it, and the new version has changed it";
  if (was === hashOf(ours)) return take;
  const base = await baseOf(file, was);
  if (base === undefined)
    return "you have changed it, and so has the new version; what both came from is not in the repository";
  const merge = mergeThreeWays({ base, ours, theirs });
  if (merge.kind === "merged") return { path, before: ours, after: merge.text };
  return `you and the new version have changed the same lines: ${merge.lines.map((line) => `${path}:${line}`).join(", ")}`;
}

/** The text that was ejected, from the history of Fourgate's repository; only what has the recorded hash counts. */
async function baseOf({ path, manifest, sources }: NewFile, hash: string): Promise<string | undefined> {
  const source = manifest.commit === undefined ? undefined : sources.readAt(manifest.commit, path);
  const base = source === undefined ? undefined : await ejectedText(path, source);
  return base !== undefined && hashOf(base) === hash ? base : undefined;
}

function problemText(problems: readonly string[], { version }: EjectManifest): string {
  return [
    `Nothing was written: ${problems.length} of the files ejected from version ${version} could not be merged.`,
    ...problems.map((problem) => `  ${problem}`),
    "Merge them by hand, then run this again with --keep <path>,<path>: those stay as you have them.",
  ].join("\n");
}
