import { minimatch } from "minimatch";

/** Does a workspace path match one of the globs? The library is the one behind `files` in eslint.config.js. */
export function matchesAny(path: string, globs: readonly string[]): boolean {
  return globs.some((glob) => minimatch(path, glob));
}
