import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

const OWN = new Set<string>(); // locks of this process: in a container every process may have the same number

/** A folder with PGlite's data, for one client of one process at a time: two would destroy it. */
export class DataFolder {
  readonly data: string;
  readonly #folder: string;
  /** Written last: data that was never finished, because the process ended, is made again. */
  readonly #complete: string;
  readonly #lock: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.data = join(folder, "postgres");
    this.#complete = join(folder, "complete");
    this.#lock = resolve(folder, "process.lock");
  }

  /** Takes the folder; what a process left behind that was killed is taken over. */
  static async take(folder: string): Promise<DataFolder> {
    const place = new DataFolder(folder);
    await mkdir(folder, { recursive: true });
    await place.#take();
    return place;
  }

  get isComplete(): boolean {
    return existsSync(this.#complete);
  }

  async clearUnfinished(): Promise<void> {
    if (!this.isComplete) await rm(this.data, { recursive: true, force: true });
  }

  async complete(): Promise<void> {
    await writeFile(this.#complete, "");
  }

  async release(): Promise<void> {
    if (OWN.delete(this.#lock)) await rm(this.#lock, { force: true });
  }

  async #take(): Promise<void> {
    const write = (): Promise<void> => writeFile(this.#lock, String(process.pid), { flag: "wx" }); // refused where it is there
    await write().catch(async (cause: unknown) => {
      if (!existsSync(this.#lock)) throw cause; // another reason
      const owner = Number(await readFile(this.#lock, "utf8"));
      if (owner === process.pid ? OWN.has(this.#lock) : isRunning(owner))
        throw new TypeError(
          `Process ${owner} uses the database in ${this.#folder}. Close it first, or choose another folder.`,
          { cause },
        );
      await rm(this.#lock, { force: true });
      await write();
    });
    OWN.add(this.#lock);
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    return process.kill(pid, 0); // sends nothing
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"; // runs, as another user
  }
}
