import { readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

const taken = new Set<string>(); // by this process: its number alone is not unique, in a container it is always the same

/** Takes a folder for this process alone; returns the undo. What a killed process left behind is taken over. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = resolve(join(folder, "process.lock"));
  const take = () => writeFile(file, String(process.pid), { flag: "wx" }); // refused where the file is there
  try {
    await take();
  } catch (cause) {
    const owner = Number(await readFile(file, "utf8").catch(() => ""));
    if (owner === process.pid ? taken.has(file) : isRunning(owner))
      throw new Error(
        `The process ${owner} uses ${folder}: end it, or name another folder. If it is no board's, delete ${file}.`,
        { cause },
      );
    await rm(file, { force: true });
    await take();
  }
  taken.add(file);
  return async () => {
    taken.delete(file);
    await rm(file, { force: true });
  };
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    return process.kill(pid, 0); // asks only
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"; // runs, and is somebody else's
  }
}
