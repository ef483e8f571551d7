import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import { codeOf } from "./error-code.js";
import type { ProjectFolder } from "./project-folder.js";
import type { PlannedFile } from "./project-plan.js";

const STAGED = ".fourgate-new"; // of a run that was killed it may be there: it is overwritten

/** Writes every file or none: each beside its place first, then all renames. Where one fails, what was done is undone, and the Error names it. */
export function writeFiles(folder: ProjectFolder, files: readonly PlannedFile[]): void {
  for (const { path } of files) requireInside(folder, path);
  const undo: (() => void)[] = [];
  let current = "";
  try {
    for (const { path, text } of files) {
      current = path;
      const to = folder.pathOf(path);
      const made = mkdirSync(dirname(to), { recursive: true });
      if (made !== undefined) undo.push(() => rmSync(made, { recursive: true, force: true }));
      undo.push(() => rmSync(`${to}${STAGED}`, { force: true }));
      writeFileSync(`${to}${STAGED}`, text);
    }
    for (const { path } of files) {
      current = path;
      const to = folder.pathOf(path);
      const before = existsSync(to) && statSync(to).isFile() ? readFileSync(to) : undefined;
      renameSync(`${to}${STAGED}`, to);
      undo.push(() => (before === undefined ? rmSync(to, { force: true }) : writeFileSync(to, before)));
    }
  } catch (cause) {
    for (const step of undo.toReversed()) step();
    throw new Error(`Nothing was written: ${current} cannot be written (${codeOf(cause)}).`, { cause });
  }
}

/** Throws where a link on the way leads out of the folder. */
function requireInside(folder: ProjectFolder, path: string): void {
  if (!existsSync(folder.path)) return;
  const parts = dirname(path).split("/");
  const links = parts.map((_, index) => join(...parts.slice(0, index + 1))).filter((part) => folder.has(part));
  const root = realpathSync(folder.path);
  for (const part of links) {
    const way = relative(root, realpathSync(folder.pathOf(part)));
    if (way.startsWith("..") || isAbsolute(way))
      throw new Error(`Nothing was written: ${part} is a link that leads out of this folder.`);
  }
}
