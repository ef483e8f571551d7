import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { withAdditions } from "./manifest.js";
import { ProjectFolder, type ProjectFiles } from "./project-folder.js";
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
  const wanted = wantedFiles(folder, plan, basename(path));
  const writes = wanted.filter((file) => folder.read(file.path) !== file.text);
  if (!isDryRun) writeAll(folder, writes);
  const paths = writes.map((file) => file.path);
  return { written: paths, unchanged: wanted.map((file) => file.path).filter((file) => !paths.includes(file)) };
}

/**
 * Every file of the plan with the text that it shall have; `name` is the name of the folder. Throws an Error that names
 * the files that are there with another content.
 */
export function wantedFiles(project: ProjectFiles, plan: ProjectPlan, name: string): readonly PlannedFile[] {
  const conflicts = plan.files.filter((file) => ![undefined, file.text].includes(project.read(file.path)));
  if (conflicts.length > 0)
    throw new Error(
      `Nothing was written: ${conflicts.map((file) => file.path).join(", ")} exists with another content. Move it away, or choose another folder.`,
    );
  return [...plan.files, ...plan.edits, ...plan.manifests.map((manifest) => manifestFile(project, manifest, name))];
}

function manifestFile(project: ProjectFiles, { path, fresh, additions }: PlannedManifest, name: string): PlannedFile {
  const manifest = project.manifest(path) ?? { name: packageName(name), ...fresh };
  const indent = /^\{\r?\n([ \t]+)/.exec(project.read(path) ?? "")?.[1] ?? 2;
  return { path, text: `${JSON.stringify(withAdditions(manifest, additions), undefined, indent)}\n` };
}

function packageName(folder: string): string {
  const name = folder.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, "-");
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
