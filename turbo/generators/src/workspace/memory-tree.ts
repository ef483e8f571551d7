import type { Tree, TreeEntry } from "./tree.js";

/** A workspace in memory: path → text. */
export class MemoryTree implements Tree {
  readonly #files: ReadonlyMap<string, string>;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(Object.entries(files));
  }

  read(path: string): string | undefined {
    return this.#files.get(path);
  }

  list(folder: string): readonly TreeEntry[] {
    const prefix = folder === "" ? "" : `${folder}/`;
    const found = new Map<string, TreeEntry>();
    for (const path of this.#files.keys()) {
      if (!path.startsWith(prefix)) continue;
      const [name = "", ...below] = path.slice(prefix.length).split("/");
      found.set(name, { name, kind: below.length === 0 ? "file" : "folder" });
    }
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
