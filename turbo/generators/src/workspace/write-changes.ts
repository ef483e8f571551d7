import { mkdir, rename, rm } from "node:fs/promises";
import type { Change } from "./change.js";
import { stage, type StagedFile } from "./stage-file.js";

/** Writes all changes or none: each is staged beside its file first, then all are moved into place. */
export async function writeChanges(root: string, changes: readonly Change[]): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  try {
    const staged: StagedFile[] = [];
    for (const change of changes) {
      const file = await stage(root, change, (folder) => makeFolder(folder, undo));
      undo.push(() => rm(file.temporary, { force: true }));
      staged.push(file);
    }
    for (const file of staged) {
      await rename(file.temporary, file.target);
      undo.push(file.restore);
    }
  } catch (cause) {
    await undoAll(undo, cause);
    throw cause;
  }
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
