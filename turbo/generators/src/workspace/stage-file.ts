import { randomUUID } from "node:crypto";
import { chmod, lstat, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { Refusal } from "../refusal.js";
import type { Change } from "./change.js";

/** A file's new text, written beside it and ready to be moved there; or a file that is ready to be removed. */
export interface StagedFile {
  /** Where the new text is; undefined where the file goes. */
  readonly temporary: string | undefined;
  readonly target: string;
  /** Puts back what was there. */
  readonly restore: () => Promise<void>;
}

/** Stages one change; refuses what lies outside the root, and a file that is no longer what was planned on. */
export async function stage(
  root: string,
  change: Change,
  makeFolder: (folder: string) => Promise<void>,
): Promise<StagedFile> {
  const target = await targetOf(root, change.path);
  const present = await bytesOf(target);
  const isAsPlanned = present ? present.bytes.equals(Buffer.from(change.before ?? "")) : change.before === undefined;
  if (!isAsPlanned) throw new Refusal(`${change.path} changed while this was being planned: run it again.`);
  const temporary = `${target}.${randomUUID()}.tmp`;
  const write = async (bytes: Buffer | string): Promise<void> => {
    await writeFile(temporary, bytes, { flag: "wx" });
    if (present) await chmod(temporary, present.mode);
  };
  if (change.after !== undefined) {
    await makeFolder(dirname(target));
    await write(change.after);
  }
  const restore = async (): Promise<void> => {
    if (!present) return rm(target, { force: true });
    await write(present.bytes);
    await rename(temporary, target);
  };
  return { temporary: change.after === undefined ? undefined : temporary, target, restore };
}

async function targetOf(root: string, path: string): Promise<string> {
  const base = await realpath(root);
  const target = await realpathOfFuture(resolve(base, path));
  if (!target.startsWith(base + sep))
    throw new Refusal(`${path} lies outside the workspace; nothing is written there.`);
  return target;
}

/** Follows the links in the part of a path that exists. */
async function realpathOfFuture(path: string): Promise<string> {
  const found = await realpath(path).catch(() => undefined);
  if (found !== undefined) return found;
  const parent = dirname(path);
  return join(await realpathOfFuture(parent), relative(parent, path));
}

async function bytesOf(target: string): Promise<{ readonly bytes: Buffer; readonly mode: number } | undefined> {
  const stats = await lstat(target).catch(() => undefined);
  return stats?.isFile() ? { bytes: await readFile(target), mode: stats.mode } : undefined;
}
