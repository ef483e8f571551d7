import { readFile } from "node:fs/promises";
import { SourceMap } from "node:module";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { CallFrame } from "./cpu-profile.js";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));

/** Where functions of the bundled server program are written, as paths in the repository. */
export class BundleSources {
  readonly #program: string;
  readonly #map: SourceMap;

  private constructor(program: string, map: SourceMap) {
    this.#program = program;
    this.#map = map;
  }

  /** Reads the source map that was built beside the program. */
  static async read(program: string): Promise<BundleSources> {
    const text = await readFile(`${program}.map`, "utf8");
    return new BundleSources(program, new SourceMap(JSON.parse(text) as ConstructorParameters<typeof SourceMap>[0]));
  }

  /** The file of a function; of a native one nothing, of one of Node's own its `node:` name. */
  fileOf({ url, lineNumber, columnNumber }: CallFrame): string {
    if (url !== pathToFileURL(this.#program).href)
      return url.startsWith("file:") ? inRepository(fileURLToPath(url)) : url;
    const entry = this.#map.findEntry(lineNumber, columnNumber);
    if (!("originalSource" in entry) || !entry.originalSource) return "the bundle";
    return inRepository(resolve(dirname(this.#program), entry.originalSource));
  }
}

function inRepository(path: string): string {
  return relative(REPOSITORY, path);
}
