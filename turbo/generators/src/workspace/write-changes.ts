import { mkdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Change } from "./change.js";
import { stage, type StagedFile } from "./stage-file.js";

/** Writes all changes or none: each is staged beside its file first, then all are moved into place. A folder that this empties goes too. */
export async function writeChanges(root: string, changes: readonly Change[]): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  try {
    const staged: StagedFile[] = [];
    for (const change of changes) {
      const file = await stage(root, change, (folder) => makeFolder(folder, undo));
      const { temporary } = file;
      if (temporary !== undefined) undo.push(() => rm(temporary, { force: true }));
      staged.push(file);
    }
    for (const { temporary, target, restore } of staged) {
      if (temporary === undefined) await rm(target);
      else await rename(temporary, target);
      undo.push(restore);
    }
  } catch (cause) {
    await undoAll(undo, cause);
    throw cause;
  }
  for (const { path, after } of changes) if (after === undefined) await removeEmpty(join(root, dirname(path)), root);
}

/** Removes a folder and those above it, as far as they are empty. */
async function removeEmpty(folder: string, root: string): Promise<void> {
  if (resolve(folder) === resolve(root)) return;
  const isGone = await rmdir(folder).then(
    () => true,
    () => false, // something is in it, or an earlier file took it along
  );
  if (isGone) await removeEmpty(dirname(folder), root);
}

async function makeFolder(folder: string, undo: (() => Promise<void>)[]): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first !== undefined) undo.push(() => rm(first, { recursive: true, force: true }));
}

async function undoAll(undo: readonly (() => Promise<void>)[], cause: unknown): Promise<void> {
  const failures: unknown[] = [];
  for (const step of undo) await step().catch((failure: unknown) => failures.push(failure));
  if (failures.length > 0)
    throw new AggregateError([cause, ...failures], "Writing failed, and so did the undo: look at `git status`.");
}
