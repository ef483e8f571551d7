import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../refusal.js";
import type { Tree, TreeEntry } from "./tree.js";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }); // keeps the BOM, and never replaces a byte in silence

/** A workspace on disk. */
export class DiskTree implements Tree {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  read(path: string): string | undefined {
    const file = join(this.#root, path);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
    try {
      return utf8.decode(readFileSync(file));
    } catch (cause) {
      throw new Refusal(`${path} is not UTF-8 text; save it as UTF-8 and run this again.`, { cause });
    }
  }

  list(folder: string): readonly TreeEntry[] {
    const path = join(this.#root, folder);
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
    return readdirSync(path)
      .sort()
      .flatMap((name): TreeEntry[] => {
        const stat = statSync(join(path, name), { throwIfNoEntry: false }); // nothing where a link leads nowhere
        if (stat?.isFile()) return [{ name, kind: "file" }];
        return stat?.isDirectory() ? [{ name, kind: "folder" }] : [];
      });
  }
}
