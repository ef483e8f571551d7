import { basename } from "node:path";
import { withAdditions } from "./manifest.js";
import { ProjectFolder, type ProjectFiles } from "./project-folder.js";
import type { PlannedFile, PlannedManifest, ProjectPlan } from "./project-plan.js";
import { writeFiles } from "./write-files.js";

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
  if (!isDryRun) writeFiles(folder, writes);
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
      `Nothing was written: ${conflicts.map((file) => file.path).join(", ")} ${conflicts.length === 1 ? "exists with another content. Move it" : "exist with another content. Move them"} away, or choose another folder.`,
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
