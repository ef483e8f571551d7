import { readdirSync, watch, type FSWatcher } from "node:fs";
import { join } from "node:path";

const SOURCE = /\.(?:[cm]?[jt]sx?|json)$/;
const NO_SOURCES = new Set(["node_modules", "dist", "build", "out", "coverage"]);
const QUIET_MS = 50; // an editor writes a file in several steps

/** Calls back when a source file below some folders has changed; folders of packages, of builds and hidden ones have none. */
export class SourceWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #onChange: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(folders: readonly string[], onChange: () => void) {
    this.#onChange = onChange;
    for (const folder of folders) this.#watch(folder);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** One watcher for each folder: a recursive one would follow node_modules too. */
  #watch(folder: string): void {
    if (this.#watchers.has(folder)) return;
    const forget = () => {
      this.#watchers.get(folder)?.close();
      this.#watchers.delete(folder);
    };
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => this.#notice(folder, name));
      this.#watchers.set(folder, watcher.on("error", forget));
      for (const entry of readdirSync(folder, { withFileTypes: true }))
        if (entry.isDirectory() && isSourceFolder(entry.name)) this.#watch(join(folder, entry.name));
    } catch {
      forget(); // it was removed meanwhile
    }
  }

  #notice(folder: string, name: string | null): void {
    if (name !== null && !SOURCE.test(name)) {
      if (name.includes(".") || !isSourceFolder(name)) return;
      this.#watch(join(folder, name)); // a new folder, perhaps
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onChange, QUIET_MS).unref();
  }
}

function isSourceFolder(name: string): boolean {
  return !name.startsWith(".") && !NO_SOURCES.has(name);
}
