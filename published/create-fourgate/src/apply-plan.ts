import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { withAdditions, type Manifest } from "./manifest.js";
import type { ProjectPlan } from "./plan-project.js";

/** What became of each file. */
export interface Outcome {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
}

interface Write {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes the plan into a folder: all of it or nothing. A file that is there with the same content is unchanged; with
 * another one, an Error names it and nothing is written. With `isDryRun` nothing is written either way.
 */
export function applyPlan(folder: string, plan: ProjectPlan, { isDryRun = false } = {}): Outcome {
  const current = (path: string) =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined;
  const conflicts = plan.files.filter(({ path, text }) => ![undefined, text].includes(current(path)));
  if (conflicts.length > 0)
    throw new Error(
      `Nothing was written: ${conflicts.map(({ path }) => path).join(", ")} exists with another content. Move it away, or choose another folder.`,
    );
  const wanted = [...plan.files, { path: "package.json", text: manifestText(current("package.json"), folder, plan) }];
  const writes = wanted.filter(({ path, text }) => current(path) !== text);
  if (!isDryRun) writeAll(folder, writes);
  const paths = writes.map(({ path }) => path);
  return { written: paths, unchanged: wanted.map(({ path }) => path).filter((path) => !paths.includes(path)) };
}

function manifestText(existing: string | undefined, folder: string, { additions }: ProjectPlan): string {
  const fresh = { name: packageName(folder), private: true, type: "module" };
  const manifest = existing === undefined ? fresh : readManifest(existing);
  return `${JSON.stringify(withAdditions(manifest, additions), undefined, 2)}\n`;
}

function readManifest(text: string): Manifest {
  const manifest: unknown = JSON.parse(text);
  if (typeof manifest === "object" && manifest !== null && !Array.isArray(manifest)) return manifest;
  throw new Error("Nothing was written: package.json holds no object.");
}

function packageName(folder: string): string {
  const name = folder.split(/[\\/]/).findLast((part) => part !== "") ?? "app";
  return (
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9._-]+/g, "-")
      .replace(/^[._-]+/, "") || "app"
  );
}

/** Each file beside its place first, then all renames: what fails before leaves nothing behind. */
function writeAll(folder: string, writes: readonly Write[]): void {
  const staged: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const { path, text } of writes) {
      const to = join(folder, path);
      mkdirSync(dirname(to), { recursive: true });
      staged.push({ from: `${to}.fourgate-new`, to });
      writeFileSync(`${to}.fourgate-new`, text, { flag: "wx" });
    }
  } catch (error) {
    for (const { from } of staged) rmSync(from, { force: true });
    throw error;
  }
  for (const { from, to } of staged) renameSync(from, to);
}
