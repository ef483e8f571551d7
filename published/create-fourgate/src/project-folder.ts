import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "./error-code.js";
import type { Manifest } from "./manifest.js";

/** The files of a project, to be read: on disk, or wherever a plan comes from. Paths are relative, with slashes. */
export abstract class ProjectFiles {
  /** Whether there is a file or a folder. */
  abstract has(path: string): boolean;

  /** The file's text; undefined where there is none. */
  abstract read(file: string): string | undefined;

  /** A package.json; undefined where there is none. Throws an Error where it holds no object. */
  manifest(file = "package.json"): Manifest | undefined {
    const text = this.read(file);
    return text === undefined ? undefined : manifestOf(text, file);
  }
}

/** The folder that is written into. */
export class ProjectFolder extends ProjectFiles {
  readonly path: string;

  constructor(path: string) {
    super();
    this.path = path;
  }

  pathOf(file: string): string {
    return join(this.path, file);
  }

  has(path: string): boolean {
    return existsSync(this.pathOf(path));
  }

  read(file: string): string | undefined {
    if (!this.has(file)) return undefined;
    try {
      return readFileSync(this.pathOf(file), "utf8");
    } catch (cause) {
      throw new Error(`Nothing was written: ${file} cannot be read (${codeOf(cause)}).`, { cause });
    }
  }
}

function manifestOf(text: string, file: string): Manifest {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text.replace(/^\uFEFF/, "")); // a byte order mark, as some editors write it
  } catch (cause) {
    throw new Error(`Nothing was written: ${file} is not JSON.`, { cause });
  }
  if (typeof manifest === "object" && manifest !== null && !Array.isArray(manifest)) return manifest;
  throw new Error(`Nothing was written: ${file} holds no object.`);
}
