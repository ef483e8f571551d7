import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { ProjectFolder } from "../project-folder.js";

/** A folder with these files, which is removed when the test ends. */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): ProjectFolder {
  const folder = new ProjectFolder(mkdtempSync(join(tmpdir(), "create-fourgate-")));
  onTestFinished(() => rmSync(folder.path, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(folder.pathOf(path)), { recursive: true });
    writeFileSync(folder.pathOf(path), text);
  }
  return folder;
}

/** Every file of the folder with its text. */
export function filesOf(folder: ProjectFolder): Readonly<Record<string, string>> {
  const entries = readdirSync(folder.path, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const relative = paths.map((path) => path.slice(folder.path.length + 1).replaceAll("\\", "/")).sort();
  return Object.fromEntries(relative.map((path) => [path, folder.read(path) ?? ""]));
}
