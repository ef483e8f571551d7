import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A folder with PGlite's data. Data that was never finished, because the process ended, is made again. */
export class DataFolder {
  readonly data: string;
  /** Written last. */
  readonly #marker: string;

  private constructor(folder: string) {
    this.data = join(folder, "postgres");
    this.#marker = join(folder, "complete");
  }

  static async open(folder: string): Promise<DataFolder> {
    const place = new DataFolder(folder);
    if (!place.isComplete) await rm(place.data, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return place;
  }

  get isComplete(): boolean {
    return existsSync(this.#marker);
  }

  async complete(): Promise<void> {
    await writeFile(this.#marker, "");
  }
}
