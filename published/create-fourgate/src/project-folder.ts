import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "./manifest.js";

/** The folder that is written into. Paths are relative to it, with slashes. */
export class ProjectFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  pathOf(file: string): string {
    return join(this.path, file);
  }

  has(file: string): boolean {
    return existsSync(this.pathOf(file));
  }

  /** The file's text; undefined where there is none. */
  read(file: string): string | undefined {
    return this.has(file) ? readFileSync(this.pathOf(file), "utf8") : undefined;
  }

  /** A package.json; undefined where there is none. Throws an Error where it holds no object. */
  manifest(file = "package.json"): Manifest | undefined {
    const text = this.read(file);
    return text === undefined ? undefined : manifestOf(text, file);
  }
}

function manifestOf(text: string, file: string): Manifest {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (cause) {
    throw new Error(`Nothing was written: ${file} is not JSON.`, { cause });
  }
  if (typeof manifest === "object" && manifest !== null && !Array.isArray(manifest)) return manifest;
  throw new Error(`Nothing was written: ${file} holds no object.`);
}
