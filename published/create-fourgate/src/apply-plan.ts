import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { withAdditions } from "./manifest.js";
import { ProjectFolder } from "./project-folder.js";
import type { PlannedFile, PlannedManifest, ProjectPlan } from "./project-plan.js";

/** What became of each file. */
export interface Outcome {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
}

/**
 * Writes the plan into a folder: all of it or nothing. A file that is there with the same content is unchanged; with
 * another one, an Error names it and nothing is written. With `isDryRun` nothing is written either way.
 */
export function applyPlan(path: string, plan: ProjectPlan, { isDryRun = false } = {}): Outcome {
  const folder = new ProjectFolder(path);
  const conflicts = plan.files.filter((file) => ![undefined, file.text].includes(folder.read(file.path)));
  if (conflicts.length > 0)
    throw new Error(
      `Nothing was written: ${conflicts.map((file) => file.path).join(", ")} exists with another content. Move it away, or choose another folder.`,
    );
  const wanted = [...plan.files, ...plan.edits, ...plan.manifests.map((manifest) => manifestFile(folder, manifest))];
  const writes = wanted.filter((file) => folder.read(file.path) !== file.text);
  if (!isDryRun) writeAll(folder, writes);
  const paths = writes.map((file) => file.path);
  return { written: paths, unchanged: wanted.map((file) => file.path).filter((file) => !paths.includes(file)) };
}

function manifestFile(folder: ProjectFolder, { path, fresh, additions }: PlannedManifest): PlannedFile {
  const manifest = folder.manifest(path) ?? { name: packageName(dirname(folder.pathOf(path))), ...fresh };
  const indent = /^\{\r?\n([ \t]+)/.exec(folder.read(path) ?? "")?.[1] ?? 2;
  return { path, text: `${JSON.stringify(withAdditions(manifest, additions), undefined, indent)}\n` };
}

function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-");
  return name.replace(/^[._-]+/, "") || "app";
}

/** Each file beside its place first, then all renames: what fails before leaves nothing behind. */
function writeAll(folder: ProjectFolder, writes: readonly PlannedFile[]): void {
  const staged: { readonly from: string; readonly to: string }[] = [];
  const folders: string[] = []; // that were made
  try {
    for (const { path, text } of writes) {
      const to = folder.pathOf(path);
      folders.push(mkdirSync(dirname(to), { recursive: true }) ?? "");
      staged.push({ from: `${to}.fourgate-new`, to });
      writeFileSync(`${to}.fourgate-new`, text, { flag: "wx" });
    }
  } catch (error) {
    for (const { from } of staged) rmSync(from, { force: true });
    for (const made of folders.filter(Boolean)) rmSync(made, { recursive: true, force: true });
    throw error;
  }
  for (const { from, to } of staged) renameSync(from, to);
}
